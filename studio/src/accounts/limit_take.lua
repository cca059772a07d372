-- Counts one attempt by the generic cell rate algorithm, or says how long to wait.
-- KEYS: the subject. ARGV: most at once, microseconds after which one more is allowed.
-- Gives 0, or the microseconds until the next attempt is allowed.
local most, interval = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local allowed = arrival - (most - 1) * interval
if allowed > now then
  return math.ceil(allowed - now)
end
redis.call('SET', KEYS[1], string.format('%.0f', arrival + interval),
  'PX', math.ceil((arrival + interval - now) / 1000))
return 0
