#include "readiness.h"
#include "../base/clock.h"
#include "../base/meter.h"
#include "../base/setting.h"
#include "../store/db.h"
#include "../store/schema.h"

#include <sys/statvfs.h>

/* A row of the outbox may wait for a service of somebody else; longer than this is a fault. */
#define READINESS_JOBS_SILENT 120

static int64_t readiness_disk(const char *directory)
{
	struct statvfs disk;
	return statvfs(directory, &disk) ? -1 : (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

static bool readiness_store(struct ctx *ctx)
{
	struct row *r = db_ask(ctx, "select 1", "");
	bool good = db_next(r) && !db_broken(r);
	ctx_forget(ctx);
	return good;
}

static bool readiness_schema(struct ctx *ctx)
{
	enum mc_err err = schema_check(ctx);
	ctx_forget(ctx);
	return !err;
}

struct readiness readiness_look(struct ctx *ctx, const struct ask *ask)
{
	int64_t beat = meter_get(METER_JOBS_BEAT);
	struct readiness now = { .disk_free = readiness_disk(db_directory(ask->store)),
		.jobs_silent = beat ? (clock_tick_us() - beat) / 1000000 : -1 };
	size_t n = 0;
	bool store = readiness_store(ctx);
	if (!store)
		now.reason[n++] = "store";
	if (store && !readiness_schema(ctx))
		now.reason[n++] = "schema";
	if (now.disk_free < setting_int(SETTING_DISK_LEAST))
		now.reason[n++] = "disk";
	if (now.jobs_silent < 0 || now.jobs_silent > READINESS_JOBS_SILENT)
		now.reason[n++] = "jobs";
	if (meter_get(METER_STOPPING))
		now.reason[n++] = "stopping";
	return now;
}
