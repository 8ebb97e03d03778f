#define _GNU_SOURCE 1
#include "postgres.h"
#include "../base/arena.h"
#include "../base/log.h"

#include <assert.h>
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POSTGRES_KEPT 1024      /* places for prepared statements, a power of two */
#define POSTGRES_COLUMNS 64
#define POSTGRES_VALUES 48

/* So many statements wait for each other at most: their results, some tens of bytes
 * each, fit into the socket, so that neither side waits for the other to read. */
#define POSTGRES_QUEUE 256

#define POSTGRES_OLDEST 150000

/* Types by their numbers, which never change (src/include/catalog/pg_type.dat of PostgreSQL). */
enum { POSTGRES_BOOL = 16, POSTGRES_INT8 = 20, POSTGRES_INT2 = 21, POSTGRES_INT4 = 23, POSTGRES_TEXT = 25, POSTGRES_NUMERIC = 1700 };

/* A prepared statement: its text and the kinds of its values make it. */
struct postgres_text {
	const char *sql;
	const char *kinds;
	char name[16];
};

/* A message that was sent and not yet answered: the preparing of a statement or its performance. */
struct postgres_sent {
	struct postgres_text *text;
	bool prepares, counts;
};

struct postgres_line {
	struct arena *mem, *texts;      /* texts: of the statements that are kept */
	PGconn *link;
	int used, named, queued;
	struct postgres_text kept[POSTGRES_KEPT];       /* found by the digest of their text */
	struct postgres_sent sent[POSTGRES_QUEUE + 2];
};

bool postgres_place(const char *place)
{
	return !strncmp(place, "postgres://", 11) || !strncmp(place, "postgresql://", 13);
}

/* ---- failures ---- */

static enum engine_result postgres_lost(const struct postgres_line *line)
{
	log_error("store-lost", "why", PQerrorMessage(line->link));
	return ENGINE_LOST;
}

/* SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html */
static enum engine_result postgres_broken(const struct postgres_line *line, const PGresult *result, const char *sql)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	if (PQstatus(line->link) == CONNECTION_BAD || !state || !strncmp(state, "08", 2) || !strncmp(state, "57P0", 4))
		return postgres_lost(line);
	if (!strcmp(state, "23505"))    /* unique_violation */
		return ENGINE_TAKEN;
	if (!strcmp(state, "40001") || !strcmp(state, "40P01")) /* serialization_failure, deadlock_detected */
		return ENGINE_AGAIN;
	if (!strcmp(state, "53100"))    /* disk_full */
		return ENGINE_FULL;
	log_note(LOG_LEVEL_ERROR, "store-broken", (struct log_field[]){
		{ "state", state, 0 }, { "why", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), 0 }, { "sql", sql, 0 }, { 0 } });
	return ENGINE_BROKEN;
}

/* ---- statements that are kept ---- */

/* FNV-1a, 32 bits: statements are few and their text is our own. */
static unsigned postgres_digest(const char *sql)
{
	unsigned hash = 2166136261u;
	for (; *sql; sql++)
		hash = (hash ^ (unsigned char)*sql) * 16777619u;
	return hash & (POSTGRES_KEPT - 1);
}

static bool postgres_same_kinds(const char *kinds, const struct engine_value *values, int count)
{
	int i = 0;
	while (i < count && kinds[i] == (values[i].text ? 't' : 'i'))
		i++;
	return i == count && !kinds[i];
}

static bool postgres_prepare(struct postgres_line *line, struct postgres_text *text, const char *sql,
			     const struct engine_value *values, int count)
{
	Oid types[POSTGRES_VALUES];
	char *kinds = arena_take(line->texts, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		types[i] = values[i].text ? POSTGRES_TEXT : POSTGRES_INT8;
		kinds[i] = values[i].text ? 't' : 'i';
	}
	text->sql = arena_copy(line->texts, sql);
	text->kinds = kinds;
	/* A name is never used twice, so it does not matter what became of an earlier one. */
	snprintf(text->name, sizeof text->name, "s%d", ++line->named);
	line->used++;
	if (!PQsendPrepare(line->link, text->name, sql, count, types))
		return false;
	line->sent[line->queued++] = (struct postgres_sent){ text, true, false };
	return true;
}

/* The place of this statement; empty (sql NULL) when it is not prepared yet. */
static struct postgres_text *postgres_find(struct postgres_line *line, const char *sql,
					   const struct engine_value *values, int count)
{
	unsigned at = postgres_digest(sql);
	for (; line->kept[at].sql; at = (at + 1) & (POSTGRES_KEPT - 1))
		if (!strcmp(line->kept[at].sql, sql) && postgres_same_kinds(line->kept[at].kinds, values, count))
			break;
	return &line->kept[at];
}

/* The server has not got this statement: the place stays occupied by a text that is nobody's. */
static void postgres_unlearn(struct postgres_text *text) { text->sql = text->kinds = ""; }

static void postgres_forget(struct postgres_line *line)
{
	memset(line->kept, 0, sizeof line->kept);
	line->used = 0;
	arena_end(line->texts);
	line->texts = arena_begin();
}

/* ---- answers ---- */

static struct engine_value postgres_cell(const PGresult *result, int row, int column)
{
	const char *text = PQgetvalue(result, row, column);
	if (PQgetisnull(result, row, column))
		return (struct engine_value){ .text = "" };
	switch (PQftype(result, column)) {
	case POSTGRES_INT8:
	case POSTGRES_INT4:
	case POSTGRES_INT2:
	case POSTGRES_NUMERIC:
		return (struct engine_value){ .number = strtoll(text, NULL, 10) };
	case POSTGRES_BOOL:
		return (struct engine_value){ .number = *text == 't' };
	default:
		return (struct engine_value){ .text = text, .size = (size_t)PQgetlength(result, row, column) };
	}
}

static void postgres_rows(const PGresult *result, void (*each)(void *, const struct engine_value *, int), void *whom)
{
	struct engine_value cells[POSTGRES_COLUMNS];
	int columns = PQnfields(result);
	assert(columns <= POSTGRES_COLUMNS);
	for (int row = 0; row < PQntuples(result); row++) {
		for (int i = 0; i < columns; i++)
			cells[i] = postgres_cell(result, row, i);
		each(whom, cells, columns);
	}
}

static void postgres_count(PGresult *result, bool counts, struct engine_tally *tally)
{
	int64_t changed = *PQcmdStatus(result) == 'S' ? 0 : strtoll(PQcmdTuples(result), NULL, 10);
	tally->written += changed;
	if (counts)
		tally->changed = changed;
}

static enum engine_result postgres_answer(const struct postgres_line *line, const struct postgres_sent *sent,
					  PGresult *result, struct engine_tally *tally)
{
	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
		postgres_count(result, sent->counts, tally);
		return ENGINE_DONE;
	case PGRES_PIPELINE_ABORTED:
		/* What failed before it says why. */
		if (sent->prepares)
			postgres_unlearn(sent->text);
		return ENGINE_BROKEN;
	default:
		break;
	}
	enum engine_result why = postgres_broken(line, result, sent->text->sql);
	if (sent->prepares)
		postgres_unlearn(sent->text);
	return why;
}

/* Takes in the answers to all that was sent; rows, if any are wanted, are the last one's. */
static enum engine_result postgres_take(struct postgres_line *line, void (*each)(void *, const struct engine_value *, int),
					void *whom, struct engine_tally *tally)
{
	enum engine_result first = ENGINE_DONE;
	int queued = line->queued;
	line->queued = 0;
	if (!PQpipelineSync(line->link))
		return postgres_lost(line);
	for (int i = 0; i < queued; i++) {
		PGresult *result = PQgetResult(line->link);
		enum engine_result one = postgres_answer(line, &line->sent[i], result, tally);
		if (one == ENGINE_DONE && each && i + 1 == queued)
			postgres_rows(result, each, whom);
		if (!first && one) {
			/* The question itself is the last one sent, after its own preparing. */
			bool own = each && (i + 1 == queued || (i + 2 == queued && line->sent[i].prepares));
			first = one;
			tally->late |= !own;
		}
		PQclear(result);
		if (one == ENGINE_LOST)
			return one;
		while ((result = PQgetResult(line->link)))
			PQclear(result);
	}
	PGresult *end = PQgetResult(line->link);
	bool whole = PQresultStatus(end) == PGRES_PIPELINE_SYNC;
	PQclear(end);
	return whole ? first : postgres_lost(line);
}

static enum engine_result postgres_settle(void *what, struct engine_tally *tally)
{
	struct postgres_line *line = what;
	return line->queued ? postgres_take(line, NULL, NULL, tally) : ENGINE_DONE;
}

/* ---- questions ---- */

static bool postgres_send(struct postgres_line *line, struct postgres_text *text, const struct engine_value *values,
			  int count, bool counts)
{
	const char *bytes[POSTGRES_VALUES];
	int sizes[POSTGRES_VALUES], binary[POSTGRES_VALUES];
	int64_t numbers[POSTGRES_VALUES];
	for (int i = 0; i < count; i++) {
		numbers[i] = (int64_t)htobe64((uint64_t)values[i].number);
		bytes[i] = values[i].text ? values[i].text : (const char *)&numbers[i];
		sizes[i] = values[i].text ? (int)values[i].size : (int)sizeof numbers[i];
		/* Text in binary form is the text itself, and its length is known. */
		binary[i] = 1;
	}
	line->sent[line->queued++] = (struct postgres_sent){ text, false, counts };
	return PQsendQueryPrepared(line->link, text->name, count, bytes, sizes, binary, 0);
}

static enum engine_result postgres_ask(void *what, const char *sql, const struct engine_value *values, int count,
				       void (*each)(void *, const struct engine_value *, int), void *whom,
				       struct engine_tally *tally)
{
	struct postgres_line *line = what;
	assert(count <= POSTGRES_VALUES);
	enum engine_result result = ENGINE_DONE;
	if (line->queued >= POSTGRES_QUEUE || line->used >= POSTGRES_KEPT / 4 * 3)
		result = postgres_settle(line, tally);
	if (result)
		return result;
	if (line->used >= POSTGRES_KEPT / 4 * 3)
		postgres_forget(line);
	struct postgres_text *text = postgres_find(line, sql, values, count);
	if (!text->sql && !postgres_prepare(line, text, sql, values, count))
		return postgres_lost(line);
	if (!postgres_send(line, text, values, count, !each))
		return postgres_lost(line);
	return each ? postgres_take(line, each, whom, tally) : ENGINE_DONE;
}

/* The simple protocol takes several statements at once, but not in pipeline mode. Where
 * two programs make the same table at once, the second looks again and finds it made. */
static enum engine_result postgres_script(void *what, const char *sql)
{
	struct postgres_line *line = what;
	struct engine_tally tally = { 0 };
	enum engine_result done = postgres_settle(line, &tally);
	if (done)
		return done;
	if (!PQexitPipelineMode(line->link))
		return postgres_lost(line);
	PGresult *result = PQexec(line->link, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
		const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
		bool made = state && (!strcmp(state, "42P07") || !strcmp(state, "23505"));
		done = made ? ENGINE_AGAIN : postgres_broken(line, result, sql);
	}
	PQclear(result);
	return PQenterPipelineMode(line->link) ? done : postgres_lost(line);
}

static bool postgres_inside(void *what)
{
	const struct postgres_line *line = what;
	PGTransactionStatusType status = PQtransactionStatus(line->link);
	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* ---- the connection ---- */

static void postgres_shut(void *what)
{
	struct postgres_line *line = what;
	PQfinish(line->link);
	arena_end(line->texts);
	arena_end(line->mem);
}

static void postgres_heed(void *what, const char *said)
{
	(void)what;
	(void)said;
}

/* Whether the database suits: its version, its encoding, its order of text. */
static const char *postgres_unfit(struct postgres_line *line)
{
	if (PQserverVersion(line->link) < POSTGRES_OLDEST)
		return "store.postgres_old";
	PGresult *result = PQexec(line->link, "select datcollate, pg_encoding_to_char(encoding) from pg_database"
					      " where datname = current_database()");
	bool told = PQntuples(result) == 1;
	bool fits = told && (!strcmp(PQgetvalue(result, 0, 0), "C") || !strcmp(PQgetvalue(result, 0, 0), "POSIX"))
		    && !strcmp(PQgetvalue(result, 0, 1), "UTF8");
	PQclear(result);
	return fits ? NULL : told ? "store.postgres_order" : "store.open";
}

/* What was acknowledged is on the disk, whatever the server is set to otherwise. Plans are
 * small: compiling them costs more than it saves. */
static const char postgres_set_writer[] =
	"set client_min_messages = warning; set jit = off; set default_transaction_isolation = 'serializable';"
	" select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";
static const char postgres_set_reader[] =
	"set client_min_messages = warning; set jit = off; set default_transaction_read_only = on";

static bool postgres_ready(struct postgres_line *line, bool writes, const char **why)
{
	if (PQstatus(line->link) != CONNECTION_OK)
		return false;
	PQsetNoticeProcessor(line->link, postgres_heed, NULL);
	*why = writes ? postgres_unfit(line) : NULL;
	if (*why)
		return false;
	PGresult *result = PQexec(line->link, writes ? postgres_set_writer : postgres_set_reader);
	ExecStatusType status = PQresultStatus(result);
	PQclear(result);
	return (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) && PQenterPipelineMode(line->link);
}

static void *postgres_open(const char *place, bool writes, const char **why)
{
	/* What stands before dbname the URL may say otherwise, what stands after it not. */
	static const char *const names[] = { "connect_timeout", "tcp_user_timeout", "fallback_application_name", "dbname",
					     "client_encoding", NULL };
	const char *const values[] = { "10", "30000", "microcourt", place, "UTF8", NULL };
	struct arena *mem = arena_begin();
	struct postgres_line *line = arena_take(mem, sizeof *line);
	line->mem = mem;
	line->texts = arena_begin();
	line->link = PQconnectdbParams(names, values, 1);
	if (postgres_ready(line, writes, why))
		return line;
	log_error("store-open", "why", *why ? *why : PQerrorMessage(line->link));
	postgres_shut(line);
	return NULL;
}

/* The first number is ours ("MC" and "1"), the second the schema's. */
#define POSTGRES_TENANCY "(1296236593, hashtext(current_schema()))"

const struct engine postgres_engine = {
	.share = "select pg_try_advisory_lock_shared" POSTGRES_TENANCY "::int",
	.alone = "select pg_try_advisory_lock" POSTGRES_TENANCY "::int",
	.begin = "begin isolation level serializable",
	.hold = "begin isolation level repeatable read read only",
	.columns = "select c.relname::text, a.attname::text, coalesce(array_position(k.conkey, a.attnum), 0)"
		   " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
		   " left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'"
		   " where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace"
		   " order by c.relname::text collate \"C\", a.attnum",
	.references = "select distinct a.relname::text, b.relname::text from pg_constraint k"
		      " join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid"
		      " where k.contype = 'f' and a.relnamespace = current_schema()::regnamespace",
	.open = postgres_open,
	.close = postgres_shut,
	.ask = postgres_ask,
	.settle = postgres_settle,
	.script = postgres_script,
	.inside = postgres_inside,
};
