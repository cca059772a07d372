-- Closes the sessions of an account, but perhaps one.
-- KEYS: the account's list. ARGV: stem of session keys, the session that stays open or ''.
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if id ~= ARGV[2] then
    redis.call('DEL', ARGV[1] .. id)
    redis.call('ZREM', KEYS[1], id)
  end
end
