-- Opens a session, forgets those that ended by themselves, and closes the idlest beyond the limit.
-- KEYS: the session, the account's list. ARGV: idle seconds, now in ms, session id, stem of session
-- keys, most sessions, user agent, network.
local idle, now = tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - idle * 1000)
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -tonumber(ARGV[5]))) do
  redis.call('DEL', ARGV[4] .. id)
  redis.call('ZREM', KEYS[2], id)
end
redis.call('HSET', KEYS[1], 'generation', 0, 'created_at', ARGV[2], 'last_used_at', ARGV[2],
  'user_agent', ARGV[6], 'network', ARGV[7])
redis.call('EXPIRE', KEYS[1], idle)
redis.call('ZADD', KEYS[2], now, ARGV[3])
redis.call('EXPIRE', KEYS[2], idle)
