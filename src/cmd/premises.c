#include "premises.h"
#include "command_say.h"
#include "../base/arena.h"
#include "../base/setting.h"
#include "../base/supervisor.h"
#include "../http/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool premises_make(struct ctx *ctx, const char *directory)
{
	if (!mkdir(directory, 0700)) {
		/* A new name is durable when the folder that holds it is. */
		int above = open(arena_print(ctx->mem, "%s/..", directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		bool kept = above >= 0 && !fsync(above);
		if (above >= 0)
			close(above);
		if (kept)
			return true;
	} else if (errno == EEXIST) {
		return true;
	}
	fprintf(stderr, "serve: %s 无法创建 / cannot be made: %s\n", directory, strerror(errno));
	return false;
}

static int premises_lock(struct ctx *ctx, const char *directory)
{
	int fd = open(arena_print(ctx->mem, "%s/serve.lock", directory), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		fprintf(stderr, "serve: %s 无法写入 / cannot be written: %s\n", directory, strerror(errno));
	if (fd < 0 || !flock(fd, LOCK_EX | LOCK_NB))
		return fd;
	fprintf(stderr, "serve: %s 正由另一个 microcourt 使用（--take-over 可以接替它）\n"
			"serve: %s is in use by another microcourt (--take-over takes its place)\n", directory, directory);
	close(fd);
	return -1;
}

static bool premises_take(struct ctx *ctx, const char *directory, struct premises *out)
{
	enum mc_err err = handover_take(ctx, directory, &out->from);
	if (err == MC_CONFLICT)
		command_say(ctx, "serve");
	out->taken = !err;
	out->socket = err ? -1 : out->from.socket;
	out->lock = err ? -1 : out->from.lock;
	return err != MC_CONFLICT;
}

static bool premises_whole(struct ctx *ctx, const char *directory)
{
	if (access(arena_print(ctx->mem, "%s/" PREMISES_RESTORING, directory), F_OK))
		return true;
	fprintf(stderr, "serve: %s 的恢复没有完成；请再运行一次同样的 microcourt restore\n"
			"serve: %s holds an unfinished restore: run the same microcourt restore again\n", directory, directory);
	return false;
}

enum premises_state premises_enter(struct ctx *ctx, struct premises *out)
{
	const char *directory = setting_text(SETTING_DATA);
	*out = (struct premises){ .socket = -1, .lock = -1 };
	if (!premises_make(ctx, directory) || !premises_whole(ctx, directory))
		return PREMISES_NO_DATA;
	if (setting_on(SETTING_TAKE_OVER) && !premises_take(ctx, directory, out))
		return PREMISES_NO_DATA;
	if (out->taken)
		return PREMISES_OURS;
	out->lock = premises_lock(ctx, directory);
	if (out->lock < 0)
		return PREMISES_NO_DATA;
	out->socket = supervisor_socket();
	if (out->socket < 0 && listen_open(ctx, setting_text(SETTING_LISTEN), &out->socket)) {
		command_say(ctx, "serve");
		return PREMISES_NO_ADDRESS;
	}
	return PREMISES_OURS;
}
