#include "metrics.h"
#include "../base/meter.h"
#include "../base/process.h"
#include "../base/version.h"
#include "../court/act.h"
#include "../http/traffic.h"
#include "../store/db.h"

static void metrics_head(struct text *out, const char *name, const char *kind, const char *help)
{
	text_print(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void metrics_one(struct text *out, const char *name, const char *kind, const char *help, int64_t value)
{
	metrics_head(out, name, kind, help);
	text_print(out, "%s %lld\n", name, (long long)value);
}

static void metrics_meters(struct text *out)
{
	for (int i = 0; i < METER_COUNT; i++) {
		const struct meter_row *row = meter_row((enum meter)i);
		if (row->name)
			metrics_one(out, row->name, row->kind, row->help, meter_get((enum meter)i));
	}
}

static void metrics_acts(struct text *out)
{
	static const char *const outcome[MC_ERR_COUNT] = { "done", "invalid", "sign_in", "denied", "unknown", "conflict",
							   "too_large", "store" };
	metrics_head(out, "microcourt_acts_total", "counter", "Acts that were asked for, by their code and what became of them");
	for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
		for (enum mc_err err = MC_OK; err < MC_ERR_COUNT; err++)
			if (act_count(act, err))
				text_print(out, "microcourt_acts_total{act=\"%s\",outcome=\"%s\"} %lld\n", rule_of(act)->code,
					   outcome[err], (long long)act_count(act, err));
}

static void metrics_writer(const struct ask *ask, struct text *out)
{
	int64_t acts, commits;
	db_count(ask->store, &acts, &commits);
	metrics_one(out, "microcourt_writer_acts_total", "counter", "Transactions that were performed; divided by the commits: how many share one", acts);
	metrics_one(out, "microcourt_writer_commits_total", "counter", "Durable commits that they took", commits);
	metrics_one(out, "microcourt_writer_queue", "gauge", "Transactions that wait for the writer", db_waiting(ask->store));
}

static enum mc_err metrics_store(struct ctx *ctx, struct text *out)
{
	struct row *r = db_ask(ctx, "select count(*), coalesce(min(due), 0) from outbox", "");
	db_next(r);
	int64_t depth = db_int(r, 0), oldest = db_int(r, 1);
	if (db_broken(r))
		return MC_STORE;
	metrics_one(out, "microcourt_outbox_rows", "gauge", "Rows of the outbox that are still to be done", depth);
	metrics_one(out, "microcourt_outbox_oldest_seconds", "gauge", "For how long the one that is due longest has been",
		    depth && oldest < ctx->now ? ctx->now - oldest : 0);
	r = db_ask(ctx, "select count(*) from session where court = '0' and ended = 0 and ends > $1", "i", ctx->now);
	db_next(r);
	metrics_one(out, "microcourt_sessions", "gauge", "Sessions in which somebody is signed in", db_int(r, 0));
	return db_broken(r) ? MC_STORE : MC_OK;
}

static void metrics_process(struct text *out)
{
	int64_t us = process_cpu_us();
	metrics_one(out, "process_resident_memory_bytes", "gauge", "Memory of the program", process_memory());
	metrics_one(out, "process_open_fds", "gauge", "Files and connections that it has open", process_files());
	metrics_one(out, "process_max_fds", "gauge", "and may have open", process_files_most());
	metrics_one(out, "process_start_time_seconds", "gauge", "When it began, in seconds since 1970", meter_get(METER_BEGAN));
	metrics_head(out, "process_cpu_seconds_total", "counter", "Processor time that it took");
	text_print(out, "process_cpu_seconds_total %lld.%06lld\n", (long long)(us / 1000000), (long long)(us % 1000000));
}

enum mc_err metrics_write(struct ctx *ctx, const struct ask *ask, struct text *out)
{
	metrics_head(out, "microcourt_build_info", "gauge", "The version of the program");
	text_add(out, "microcourt_build_info{version=\"" MC_VERSION "\"} 1\n");
	traffic_write(ask->traffic, out);
	metrics_acts(out);
	metrics_writer(ask, out);
	metrics_meters(out);
	metrics_process(out);
	return metrics_store(ctx, out);
}
