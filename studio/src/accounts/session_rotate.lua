-- Exchanges a refresh token for its successor, at once or not at all.
-- KEYS: the session, the account's list. ARGV: idle seconds, now in ms, session id, generation of the
-- token that was presented, grace in ms.
local function touch()
  redis.call('HSET', KEYS[1], 'last_used_at', ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[1])
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
  redis.call('EXPIRE', KEYS[2], ARGV[1])
end

local known = redis.call('HMGET', KEYS[1], 'generation', 'rotated_at')
if not known[1] then
  return 'gone'
end
local current, presented = tonumber(known[1]), tonumber(ARGV[4])
if presented == current then
  redis.call('HSET', KEYS[1], 'generation', current + 1, 'rotated_at', ARGV[2])
  touch()
  return 'rotated'
end
if presented == current - 1 and tonumber(ARGV[2]) - tonumber(known[2]) <= tonumber(ARGV[5]) then
  touch()
  return 'repeated'
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[3])
return 'reused'
