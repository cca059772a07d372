-- no-transaction
create index concurrently contents_published on contents (published_at) where published_at is not null;
