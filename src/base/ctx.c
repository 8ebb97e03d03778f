#include "ctx.h"
#include "arena.h"

enum mc_err ctx_fail(struct ctx *ctx, enum mc_err err, struct why why)
{
	struct why **end = &ctx->why;
	while (*end)
		end = &(*end)->next;
	*end = arena_take(ctx->mem, sizeof **end);
	**end = why;
	(*end)->next = NULL;
	return err;
}

void ctx_forget(struct ctx *ctx) { ctx->why = NULL; }
