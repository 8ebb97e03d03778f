/* Days without new cases: who may note them, which days, and that the draw leaves out who is away. */
#include "network.h"
#include "../../src/base/day.h"
#include "../../src/court/absence.h"

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	struct absence *list;
	size_t count;
	int64_t today = day_of(ctx.now);
	const char *judge = network_staff(&ctx, "王建国", 1, "132", OFFICE_JUDGE);
	const char *clerk = network_staff(&ctx, "何静怡", 2, "132", OFFICE_CLERK);
	const char *president = network_staff(&ctx, "赵明德", 3, "132", OFFICE_PRESIDENT);
	const char *other = network_staff(&ctx, "潘国平", 4, "B1W", OFFICE_PRESIDENT);
	struct absence leave = { .person = judge, .first = today + 1, .last = today + 5, .reason = "年休假" };

	ctx.person = clerk;
	CHECK_WHY(absence_note(&ctx, "132", &leave), MC_DENIED, "absence.president");
	CHECK_WHY(absence_list(&ctx, "132", &cursor_start, 50, &list, &count), MC_DENIED, "absence.president");
	ctx.person = other;
	CHECK_WHY(absence_note(&ctx, "132", &leave), MC_DENIED, "absence.president");

	ctx.person = president;
	CHECK_INT(absence_note(&ctx, "132", &leave), MC_OK);
	CHECK_INT(absence_list(&ctx, "132", &cursor_start, 50, &list, &count), MC_OK);
	CHECK_INT(count, 1);
	CHECK_TEXT(list[0].name, "王建国");
	CHECK_WHY(absence_note(&ctx, "132", &leave), MC_CONFLICT, "absence.overlap");
	struct absence touch = { .person = judge, .first = today + 5, .last = today + 9, .reason = "培训" };
	CHECK_WHY(absence_note(&ctx, "132", &touch), MC_CONFLICT, "absence.overlap");
	touch.first = today + 6;
	CHECK_INT(absence_note(&ctx, "132", &touch), MC_OK);

	struct absence bad = leave;
	bad.person = clerk;
	CHECK_WHY(absence_note(&ctx, "132", &bad), MC_INVALID, "absence.judge");
	bad = (struct absence){ .person = judge, .first = today + 30, .last = today + 29, .reason = "x" };
	CHECK_WHY(absence_note(&ctx, "132", &bad), MC_INVALID, "absence.order");
	bad = (struct absence){ .person = judge, .first = today - 9, .last = today - 1, .reason = "x" };
	CHECK_WHY(absence_note(&ctx, "132", &bad), MC_INVALID, "absence.order");
	bad = (struct absence){ .person = judge, .first = today + 30, .last = today + 30 + ABSENCE_LONGEST, .reason = "x" };
	CHECK_WHY(absence_note(&ctx, "132", &bad), MC_INVALID, "absence.long");
	bad = (struct absence){ .person = judge, .first = today + 30, .last = today + 30, .reason = "" };
	CHECK_WHY(absence_note(&ctx, "132", &bad), MC_INVALID, "absence.reason");

	CHECK_INT(absence_drop(&ctx, "132", judge, today + 6), MC_OK);
	CHECK_WHY(absence_drop(&ctx, "132", judge, today + 6), MC_UNKNOWN, "absence.unknown");
	ctx.person = clerk;
	CHECK_WHY(absence_drop(&ctx, "132", judge, today + 1), MC_DENIED, "absence.president");
	ctx.person = president;
	ctx.now += 10 * 86400;                  /* what is past is no longer shown */
	CHECK_INT(absence_list(&ctx, "132", &cursor_start, 50, &list, &count), MC_OK);
	CHECK_INT(count, 0);

	network_end(&ctx, store);
	return check_end();
}
