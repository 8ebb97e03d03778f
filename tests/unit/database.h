/* database: where a test's store keeps its rows. SQLite, unless tests/postgres.sh has
 * started a PostgreSQL and named it in TEST_DATABASE: then every store gets a
 * schema of its own there, which goes when the server goes. */
#ifndef MC_DATABASE_H
#define MC_DATABASE_H
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATABASE_SIZE 400

static inline const char *database_server(void)
{
	const char *url = getenv("TEST_DATABASE");
	return url ? url : "";
}

static inline bool database_postgres(void) { return *database_server() != '\0'; }

/* Performs one statement outside the store; ends the test if it cannot. */
static inline void database_order(const char *url, const char *sql)
{
	PGconn *link = PQconnectdb(url);
	PGresult *result = PQexec(link, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s: %s", sql, PQerrorMessage(link));
		exit(2);
	}
	PQclear(result);
	PQfinish(link);
}

/* Writes the place of a fresh database into place: "" for SQLite, which is as fresh as
 * its directory. */
static inline void database_make(char *place, size_t size)
{
	static int made;
	char name[60], sql[200];
	*place = '\0';
	if (!database_postgres())
		return;
	snprintf(name, sizeof name, "t%ld_%d", (long)getpid(), ++made);
	snprintf(sql, sizeof sql, "set client_min_messages = error; drop schema if exists %s cascade; create schema %s", name, name);
	database_order(database_server(), sql);
	snprintf(place, size, "%s%soptions=-csearch_path%%3D%s", database_server(),
		 strchr(database_server(), '?') ? "&" : "?", name);
}

#endif
