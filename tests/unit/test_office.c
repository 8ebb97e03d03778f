#include "network.h"

/* At as many courts as may be, beside those that there are. */
static enum mc_err test_office_seats(struct ctx *ctx, void *person)
{
	enum mc_err err = MC_OK;
	for (int i = 0; i < OFFICE_SEATS && !err; i++)
		err = db_do(ctx, "insert into staff (court, person, home, mask) values ($1, $2, $3, 1)", "ttt", COURT_NATION,
			    (const char *)person, arena_print(ctx->mem, "seat %d", i));
	return err;
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	const char *admin = network_staff(&ctx, "周立新", 1, "132", OFFICE_ADMIN);
	const char *judge = network_verified(&ctx, "王建国", 2);
	const char *fresh = network_person(&ctx, "未核验", 3);
	const char *other = network_staff(&ctx, "叶建新", 4, "B1W", OFFICE_ADMIN);
	struct office_row *row;
	struct office_seat *seat;
	size_t n;

	CHECK_TEXT(office_key(OFFICE_JUDGE), "office.judge");
	CHECK_INT(office_of_key("judge"), OFFICE_JUDGE);
	CHECK_INT(office_of_key("king"), 0);
	CHECK_INT(office_of(&ctx, "132", admin), OFFICE_ADMIN);
	CHECK_INT(office_of(&ctx, "B1W", admin), 0);
	CHECK_INT(office_anywhere(&ctx, ""), 0);

	/* Only the administrator of that very court appoints. */
	CHECK_WHY(office_appoint(&ctx, "132", judge, OFFICE_JUDGE), MC_DENIED, "office.admin_only");
	ctx.person = other;
	CHECK_WHY(office_appoint(&ctx, "132", judge, OFFICE_JUDGE), MC_DENIED, "office.admin_only");
	ctx.person = admin;
	CHECK_WHY(office_appoint(&ctx, "132", fresh, OFFICE_JUDGE), MC_UNKNOWN, "office.nobody");
	CHECK_WHY(office_appoint(&ctx, "132", "nobody", OFFICE_JUDGE), MC_UNKNOWN, "office.nobody");
	CHECK_WHY(office_appoint(&ctx, "132", judge, (enum office)3), MC_INVALID, "office.which");
	CHECK_WHY(office_appoint(&ctx, "132", judge, (enum office)128), MC_INVALID, "office.which");
	CHECK(!office_appoint(&ctx, "132", judge, OFFICE_JUDGE));
	CHECK(!office_appoint(&ctx, "132", judge, OFFICE_MEDIATOR));
	CHECK_WHY(office_appoint(&ctx, "132", judge, OFFICE_JUDGE), MC_CONFLICT, "office.held");
	CHECK_INT(office_of(&ctx, "132", judge), OFFICE_JUDGE | OFFICE_MEDIATOR);
	ctx.person = other;
	CHECK(!office_appoint(&ctx, "B1W", judge, OFFICE_PRESIDENT));
	CHECK(!office_of_person(&ctx, judge, &seat, &n));
	CHECK_INT(n, 2);
	CHECK_INT(office_anywhere(&ctx, judge), OFFICE_JUDGE | OFFICE_MEDIATOR | OFFICE_PRESIDENT);

	/* Ended offices stay on record, with who ended them. */
	ctx.person = admin;
	CHECK(!office_list(&ctx, "132", OFFICE_JUDGE, &row, &n));
	CHECK_INT(n, 1);
	CHECK_TEXT(row[0].name, "王建国");
	CHECK_TEXT(row[0].by, "周立新");
	const char *id = row[0].id;
	ctx.person = other;
	CHECK_WHY(office_end(&ctx, "132", id), MC_DENIED, "office.admin_only");
	ctx.person = admin;
	ctx.now += 60;
	CHECK(!office_end(&ctx, "132", id));
	CHECK_WHY(office_end(&ctx, "132", id), MC_CONFLICT, "office.over");
	CHECK_WHY(office_end(&ctx, "132", "nothing"), MC_UNKNOWN, "office.unknown");
	CHECK_INT(office_of(&ctx, "132", judge), OFFICE_MEDIATOR);
	CHECK(!office_list(&ctx, "132", OFFICE_JUDGE, &row, &n));
	CHECK_INT(n, 0);
	CHECK(!office_all(&ctx, "132", &cursor_start, 50, &row, &n));
	CHECK_INT(n, 3);
	CHECK_INT(row[2].ended, ctx.now);
	CHECK_TEXT(row[2].ended_by, "周立新");

	/* A court is never left without an administrator; an office can be given again. */
	CHECK(!office_list(&ctx, "132", OFFICE_ADMIN, &row, &n));
	CHECK_WHY(office_end(&ctx, "132", row[0].id), MC_CONFLICT, "office.last_admin");
	CHECK(!office_appoint(&ctx, "132", judge, OFFICE_JUDGE));
	CHECK_INT(office_of(&ctx, "132", judge), OFFICE_JUDGE | OFFICE_MEDIATOR);

	/* While suspended, an office is asleep; who works at a court is suspended by its administrator alone. */
	const char *clerk = network_staff(&ctx, "林小雨", 9, "132", OFFICE_FILING);
	ctx.person = network_staff(&ctx, "沈若兰", 10, "B1W", OFFICE_FILING);
	CHECK_WHY(verification_suspend(&ctx, clerk, "理由"), MC_DENIED, "verification.staff");
	ctx.person = admin;
	CHECK(!verification_suspend(&ctx, clerk, "调查期间"));
	CHECK_INT(office_of(&ctx, "132", clerk), 0);
	CHECK_INT(office_anywhere(&ctx, clerk), 0);
	ctx.person = clerk;
	CHECK_WHY(person_clerk(&ctx), MC_DENIED, "person.clerks_only");
	ctx.person = admin;
	CHECK(!verification_restore(&ctx, clerk, "已查清"));
	CHECK_INT(office_of(&ctx, "132", clerk), OFFICE_FILING);

	/* Nobody works at more courts than signing in asks for at once. */
	CHECK(!db_together(&ctx, test_office_seats, arena_copy(ctx.mem, judge)));
	CHECK_WHY(office_appoint(&ctx, "132", judge, OFFICE_CLERK), MC_CONFLICT, "office.many");

	network_end(&ctx, store);
	return check_end();
}
