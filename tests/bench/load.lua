-- load.lua: what wrk sends in the benchmarks, and how it tells what came of it.
-- Arguments: COOKIE TOKEN FILE. FILE holds paths, one a line, visited in turn; with a
-- TOKEN they are acts (one line for the record of a hearing), without pages; with
-- "sign-in TOKEN" everybody signs in.
local paths, at, head, body, method = {}, 0, {}, nil, "GET"
local threads = 0

function setup(thread)
	thread:set("from", threads * 7919)
	threads = threads + 1
end

function init(args)
	head["Cookie"] = args[1]
	head["Accept"] = "text/html"
	if args[2]:sub(1, 8) == "sign-in " then
		method = "POST"
		head["Content-Type"] = "application/x-www-form-urlencoded"
		body = "csrf=" .. args[2]:sub(9) .. "&name=bj-judge1&password=microcourt-2026"
	elseif args[2] ~= "" then
		method = "POST"
		head["Accept"] = "application/json"
		head["Content-Type"] = "application/json"
		head["X-CSRF-Token"] = args[2]
		body = '{"lines.1.speaker":"审判员","lines.1.words":"请原告陈述诉讼请求以及所依据的事实和理由。"}'
	end
	for path in io.lines(args[3]) do paths[#paths + 1] = path end
	at = from
end

function request()
	at = at + 1
	return wrk.format(method, paths[at % #paths + 1], head, body)
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("wrk %d %d %d %d %d\n", summary.requests, summary.duration,
		e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
