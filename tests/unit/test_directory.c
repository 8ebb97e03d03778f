#include "network.h"
#include "../../src/court/awaiting.h"
#include "../../src/court/directory.h"
#include "../../src/base/cursor.h"

static enum mc_err test_directory_fill(struct ctx *ctx, void *person)
{
	enum mc_err err = MC_OK;
	for (int i = 0; !err && i < 45; i++)
		err = directory_add(ctx, person, i % 2 ? "132" : "B1W", arena_print(ctx->mem, "docket%03d", i));
	return err ? err : directory_add(ctx, person, "132", "docket001");
}

static enum mc_err test_directory_await(struct ctx *ctx, void *number)
{
	enum mc_err err = awaiting_add(ctx, PERSON_CITIZEN, number, "132", "docket001", 2);
	if (!err)
		err = awaiting_add(ctx, PERSON_CITIZEN, number, "132", "docket001", 2);
	if (!err)
		err = awaiting_add(ctx, PERSON_CITIZEN, number, "B1W", "docket002", 1);
	return err;
}

static struct awaiting_row *taken;
static size_t taken_count;

static enum mc_err test_directory_take(struct ctx *ctx, void *number)
{
	return awaiting_take(ctx, PERSON_CITIZEN, number, &taken, &taken_count);
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	char *person = arena_copy(ctx.mem, network_person(&ctx, "张伟", 1));
	char *number = arena_copy(ctx.mem, network_number(&ctx, 7));
	struct directory_row *row;
	size_t n;

	CHECK(!db_together(&ctx, test_directory_fill, person));
	CHECK(!directory_list(&ctx, person, &cursor_start, 20, &row, &n));
	CHECK_INT(n, 20);
	CHECK_TEXT(row[0].docket, "docket044");
	CHECK_TEXT(row[0].home, "B1W");
	CHECK(!directory_list(&ctx, person, &(struct cursor){ .id = row[19].docket }, 20, &row, &n));
	CHECK_INT(n, 20);
	CHECK_TEXT(row[0].docket, "docket024");
	CHECK(!directory_list(&ctx, person, &(struct cursor){ .id = row[19].docket }, 20, &row, &n));
	CHECK_INT(n, 5);
	CHECK(!directory_list(&ctx, person, &(struct cursor){ .id = row[0].docket, .back = true }, 20, &row, &n));
	CHECK_INT(n, 20);
	CHECK_TEXT(row[0].docket, "docket005");
	CHECK(!directory_list(&ctx, "stranger", &cursor_start, 20, &row, &n));
	CHECK_INT(n, 0);

	CHECK(!db_together(&ctx, test_directory_await, number));
	CHECK(!db_together(&ctx, test_directory_take, arena_copy(ctx.mem, network_number(&ctx, 8))));
	CHECK_INT(taken_count, 0);
	CHECK(!db_together(&ctx, test_directory_take, number));
	CHECK_INT(taken_count, 2);
	CHECK_TEXT(taken[0].docket, "docket001");
	CHECK_INT(taken[0].party, 2);
	CHECK_TEXT(taken[1].home, "B1W");
	CHECK(!db_together(&ctx, test_directory_take, number));
	CHECK_INT(taken_count, 0);

	network_end(&ctx, store);
	return check_end();
}
