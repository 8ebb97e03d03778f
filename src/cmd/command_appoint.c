#include "command.h"
#include "command_say.h"
#include "command_store.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../court/court.h"
#include "../court/office.h"
#include "../court/person.h"
#include "../court/verification.h"
#include "../store/db.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

enum command_appoint_exit { COMMAND_APPOINT_DONE, COMMAND_APPOINT_REFUSED, COMMAND_APPOINT_USAGE };

struct command_appoint_plan { const char *court, *account; struct person person; };

/* Everybody else is appointed by an administrator and verified by a clerk; a new court has neither, and whoever runs
 * this command on its machine vouches for the person. */
static enum mc_err command_appoint_write(struct ctx *ctx, void *arg)
{
	struct command_appoint_plan *plan = arg;
	struct court court;
	const char *id = "";
	enum mc_err err = court_load(ctx, plan->court, &court);
	if (!err)
		err = person_by_account(ctx, plan->account, &id);
	if (!err)
		err = person_load(ctx, id, &plan->person);
	if (!err && (plan->person.kind == PERSON_ORGANISATION || plan->person.state == PERSON_SUSPENDED))
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "office.nobody" });
	if (!err && plan->person.state == PERSON_REGISTERED)
		err = verification_found(ctx, id, "microcourt appoint");
	return err ? err : office_found(ctx, plan->court, id, OFFICE_ADMIN);
}

static int command_appoint_run(struct ctx *ctx, struct command_appoint_plan *plan)
{
	struct store *store;
	enum mc_err err = command_store_open(ctx, &store);
	if (!err)
		err = db_together(ctx, command_appoint_write, plan);
	command_say(ctx, "appoint");
	if (err)
		return COMMAND_APPOINT_REFUSED;
	printf("%s: %s\n", plan->court, plan->person.name);
	return COMMAND_APPOINT_DONE;
}

int command_appoint(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = COMMAND_APPOINT_USAGE;
	if (setting_source_read(&ctx, &argc, argv, environ))
		command_say(&ctx, "appoint");
	else if (argc != 3)
		fputs("用法：microcourt appoint [--data 目录] [--database 网址] 法院代码 登录名称\n"
		      "usage: microcourt appoint [--data DIR] [--database URL] COURT ACCOUNT\n", stderr);
	else
		code = command_appoint_run(&ctx, &(struct command_appoint_plan){ .court = argv[1], .account = argv[2] });
	arena_end(ctx.mem);
	return code;
}
