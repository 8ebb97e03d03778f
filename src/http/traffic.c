#include "traffic.h"
#include "router.h"
#include "../base/arena.h"

#include <stdatomic.h>

#define TRAFFIC_CLASSES 5
#define TRAFFIC_STEPS 13

static const struct { int64_t us; const char *seconds; } traffic_step[TRAFFIC_STEPS] = {
	{ 500, "0.0005" }, { 1000, "0.001" }, { 2500, "0.0025" }, { 5000, "0.005" }, { 10000, "0.01" },
	{ 25000, "0.025" }, { 50000, "0.05" }, { 100000, "0.1" }, { 250000, "0.25" }, { 500000, "0.5" },
	{ 1000000, "1" }, { 2500000, "2.5" }, { 10000000, "10" },
};

struct traffic_row {
	_Atomic int64_t class[TRAFFIC_CLASSES];         /* 1xx to 5xx */
	_Atomic int64_t step[TRAFFIC_STEPS + 1];        /* up to each step, then those beyond */
	_Atomic int64_t us;
};

struct traffic {
	const struct router *router;
	struct traffic_row *row;        /* one a route, and one for what leads nowhere */
	size_t count;
};

struct traffic *traffic_begin(struct arena *mem, const struct router *router)
{
	struct traffic *traffic = arena_take(mem, sizeof *traffic);
	traffic->router = router;
	traffic->count = router_count(router) + 1;
	traffic->row = arena_take(mem, traffic->count * sizeof *traffic->row);
	return traffic;
}

static void traffic_add(_Atomic int64_t *to, int64_t n) { atomic_fetch_add_explicit(to, n, memory_order_relaxed); }

static int64_t traffic_get(const _Atomic int64_t *from) { return atomic_load_explicit(from, memory_order_relaxed); }

void traffic_note(struct traffic *traffic, size_t place, int status, int64_t us)
{
	struct traffic_row *row = &traffic->row[place < traffic->count ? place : traffic->count - 1];
	int class = status / 100, step = 0;
	while (step < TRAFFIC_STEPS && us > traffic_step[step].us)
		step++;
	traffic_add(&row->class[class >= 1 && class <= TRAFFIC_CLASSES ? class - 1 : TRAFFIC_CLASSES - 1], 1);
	traffic_add(&row->step[step], 1);
	traffic_add(&row->us, us);
}

/* Paths are plain words of ours: nothing in them needs escaping. */
static void traffic_labels(const struct traffic *traffic, size_t place, struct text *out)
{
	const struct route *route = router_at(traffic->router, place);
	text_print(out, "{method=\"%s\",route=\"%s\"", route ? route->method : "", route ? route->path : "");
}

static int64_t traffic_count(const struct traffic_row *row)
{
	int64_t count = 0;
	for (int i = 0; i < TRAFFIC_CLASSES; i++)
		count += traffic_get(&row->class[i]);
	return count;
}

static void traffic_requests(const struct traffic *traffic, struct text *out)
{
	text_add(out, "# HELP microcourt_http_requests_total Requests by route and class of status; no route: the address leads nowhere\n"
		      "# TYPE microcourt_http_requests_total counter\n");
	for (size_t i = 0; i < traffic->count; i++)
		for (int class = 0; class < TRAFFIC_CLASSES; class++) {
			int64_t count = traffic_get(&traffic->row[i].class[class]);
			if (!count)
				continue;
			text_add(out, "microcourt_http_requests_total");
			traffic_labels(traffic, i, out);
			text_print(out, ",status=\"%dxx\"} %lld\n", class + 1, (long long)count);
		}
}

static void traffic_times(const struct traffic *traffic, size_t place, struct text *out)
{
	static const char name[] = "microcourt_http_request_duration_seconds";
	const struct traffic_row *row = &traffic->row[place];
	int64_t sum = 0, us = traffic_get(&row->us);
	for (int step = 0; step <= TRAFFIC_STEPS; step++) {
		sum += traffic_get(&row->step[step]);
		text_print(out, "%s_bucket", name);
		traffic_labels(traffic, place, out);
		text_print(out, ",le=\"%s\"} %lld\n", step < TRAFFIC_STEPS ? traffic_step[step].seconds : "+Inf", (long long)sum);
	}
	text_print(out, "%s_sum", name);
	traffic_labels(traffic, place, out);
	text_print(out, "} %lld.%06lld\n%s_count", (long long)(us / 1000000), (long long)(us % 1000000), name);
	traffic_labels(traffic, place, out);
	text_print(out, "} %lld\n", (long long)sum);    /* the same as the last bucket, whatever came in between */
}

void traffic_write(const struct traffic *traffic, struct text *out)
{
	traffic_requests(traffic, out);
	text_add(out, "# HELP microcourt_http_request_duration_seconds From the first byte of a request to the last of its answer\n"
		      "# TYPE microcourt_http_request_duration_seconds histogram\n");
	for (size_t i = 0; i < traffic->count; i++)
		if (traffic_count(&traffic->row[i]))
			traffic_times(traffic, i, out);
}
