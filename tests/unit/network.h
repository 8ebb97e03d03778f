/* network: what the tests of people and courts begin with: a fresh store with the
 * courts of the sample network, and people who are entered in one line. */
#ifndef MC_NETWORK_H
#define MC_NETWORK_H
#include "check.h"
#include "database.h"
#include "scan.h"
#include "../../src/base/arena.h"
#include "../../src/court/court.h"
#include "../../src/court/office.h"
#include "../../src/court/password.h"
#include "../../src/court/person.h"
#include "../../src/court/verification.h"
#include "../../src/law/identity.h"
#include "../../src/store/db.h"
#include "../../src/store/schema.h"

#include <stdlib.h>

#define NETWORK_NOW 1788364800          /* 2026-09-02 16:00:00 UTC */
#define NETWORK_PASSWORD "an honest password"

static inline struct ctx network_open(struct store **store)
{
	static char directory[] = "/tmp/microcourt-test-XXXXXX";
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "test", .now = NETWORK_NOW };
	CHECK(mkdtemp(directory) != NULL);
	char database[DATABASE_SIZE];
	database_make(database, sizeof database);
	CHECK(!db_open(&ctx, directory, database, store));
	ctx.db = db_reader(*store);
	CHECK(!schema_apply(&ctx));
	CHECK(!court_settle(&ctx));
	CHECK(!scan_store(&ctx, *store));
	return ctx;
}

/* Ends the store and removes its directory. */
static inline void network_end(struct ctx *ctx, struct store *store)
{
	char *command = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&command, &size);
	fprintf(f, "rm -rf '%s'", db_directory(store));
	fclose(f);
	arena_end(ctx->mem);
	CHECK(system(command) == 0);
	free(command);
}

static inline const char *network_number(struct ctx *ctx, int order)
{
	char *number = arena_print(ctx->mem, "110000199001%02d%03d0", 1 + order % 28, order);
	for (const char *c = "0123456789X"; *c; c++) {
		number[17] = *c;
		if (identity_citizen(number))
			break;
	}
	return number;
}

static inline struct person network_citizen(struct ctx *ctx, const char *name, int order)
{
	return (struct person){
		.kind = PERSON_CITIZEN, .number = network_number(ctx, order), .name = name,
		.mobile = arena_print(ctx->mem, "1380000%04d", order), .email = "", .address = "示例路1号院",
		.representative = "", .representative_number = "", .operator = "", .operator_number = "",
	};
}

static inline enum mc_err network_add(struct ctx *ctx, void *person)
{
	struct person *p = person;
	enum mc_err err = person_check(ctx, p);
	return err ? err : person_add(ctx, p);
}

static inline enum mc_err network_found(struct ctx *ctx, void *id)
{
	return verification_found(ctx, id, "at the window");
}

struct network_post { const char *court, *person; enum office office; };

static inline enum mc_err network_post(struct ctx *ctx, void *arg)
{
	const struct network_post *post = arg;
	return office_found(ctx, post->court, post->person, post->office);
}

/* A registered person; a verified one; one with an office. */
static inline const char *network_person(struct ctx *ctx, const char *name, int order)
{
	struct person p = network_citizen(ctx, name, order);
	CHECK(!db_together(ctx, network_add, &p));
	return p.id;
}

static inline const char *network_verified(struct ctx *ctx, const char *name, int order)
{
	char *id = arena_copy(ctx->mem, network_person(ctx, name, order));
	CHECK(!db_together(ctx, network_found, id));
	return id;
}

static inline const char *network_staff(struct ctx *ctx, const char *name, int order, const char *court,
					enum office office)
{
	const char *id = network_verified(ctx, name, order);
	CHECK(!db_together(ctx, network_post, &(struct network_post){ court, id, office }));
	return id;
}

/* The call fails with this code and this first reason, which is then forgotten. */
#define CHECK_WHY(call, code, reason) do { \
	CHECK_INT((call), (code)); \
	CHECK_TEXT(ctx.why ? ctx.why->key : "none", (reason)); \
	ctx_forget(&ctx); \
} while (0)

#endif
