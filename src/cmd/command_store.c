#include "command_store.h"
#include "../base/arena.h"
#include "../base/setting.h"
#include "../store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum mc_err command_store_open(struct ctx *ctx, struct store **out)
{
	const char *data = setting_text(SETTING_DATA), *database = setting_text(SETTING_DATABASE);
	if (!*database && access(arena_print(ctx->mem, "%s/court.db", data), R_OK))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.open", .arg = { data } });
	enum mc_err err = db_open(ctx, data, database, out);
	if (!err)
		ctx->db = db_reader(*out);
	return err;
}

enum mc_err command_store_lock(struct ctx *ctx, const char *directory, int *lock)
{
	*lock = open(arena_print(ctx->mem, "%s/serve.lock", directory), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*lock >= 0 && !flock(*lock, LOCK_EX | LOCK_NB))
		return MC_OK;
	if (*lock >= 0 && errno == EWOULDBLOCK)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "copy.served", .arg = { directory } });
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.open", .arg = { directory } });
}
