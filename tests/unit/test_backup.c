/* A court is backed up while somebody acts in it, and restored elsewhere: what was acknowledged before is
 * there, chains are whole, no file is missing; a backup that was killed leaves the earlier ones as they
 * were, a restore that was killed is completed by the next; what is damaged is found, and nothing that is not empty is restored into. On both databases. */
#include "suit.h"
#include "../../src/cmd/command.h"
#include "../../src/cmd/command_verify.h"
#include "../../src/store/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/wait.h>

static struct suit suit;
static const char *backup_test_to;      /* the directory of backups */
static char backup_test_said[8000];

/* What a command prints on both outputs is kept in backup_test_said. */
static int backup_test_run(int (*command)(int, char **), const char *data, const char *database, const char *const *words)
{
	char *argv[16] = { "command", "--config=", "--data", (char *)(uintptr_t)data, "--database", (char *)(uintptr_t)database };
	int argc = 6;
	for (; *words; words++)
		argv[argc++] = (char *)(uintptr_t)*words;
	const char *path = arena_print(suit.ctx.mem, "%s/said", suit.directory);
	fflush(stdout);
	int out = dup(1), errors = dup(2), fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	dup2(fd, 1);
	dup2(fd, 2);
	int code = command(argc, argv);
	fflush(stdout);
	dup2(out, 1);
	dup2(errors, 2);
	ssize_t n = pread(fd, backup_test_said, sizeof backup_test_said - 1, 0);
	backup_test_said[n > 0 ? n : 0] = '\0';
	close(out);
	close(errors);
	close(fd);
	unlink(path);
	return code;
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static int backup_test_take(void)
{
	return backup_test_run(command_backup, suit.directory, suit.database, WORDS("--backup_keep", "3", backup_test_to));
}

static int backup_test_check(void)
{
	return backup_test_run(command_backup, suit.directory, suit.database, WORDS("--check", backup_test_to));
}

static int backup_test_restore(const char *data, const char *database, const char *name)
{
	return backup_test_run(command_restore, data, database, WORDS(backup_test_to, name));
}

/* ---- somebody acts ---- */

struct backup_test_client { atomic_int done; atomic_bool stop; };

static enum mc_err backup_test_write(struct ctx *ctx, void *arg)
{
	const char **words = arg;
	return db_do(ctx, "insert into draft (court, person, docket, act, home, form, at) values ('0', 'client', $1, 'SUBMIT', '', $2, 0)",
		     "tt", words[0], words[1]);
}

static bool backup_test_act(const struct ctx *like, const char *name)
{
	struct ctx ctx = *like;
	struct blob *blob;
	const char *digest = "";
	int64_t size;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	ctx.db = db_reader(suit.store);
	bool good = !blob_begin(&ctx, suit.store, &blob) && !blob_add(&ctx, blob, name, strlen(name))
		&& !blob_end(&ctx, blob, &digest, &size);
	const char *words[] = { name, arena_print(ctx.mem, "%s", digest) };
	good = good && !db_together(&ctx, backup_test_write, words);
	arena_end(ctx.mem);
	return good;
}

static void *backup_test_go_on(void *arg)
{
	struct backup_test_client *client = arg;
	char name[20];
	while (!client->stop) {
		snprintf(name, sizeof name, "n%07d", client->done);
		if (backup_test_act(&suit.ctx, name))
			client->done++;
	}
	return NULL;
}

/* ---- looking ---- */

/* Drafts of the client in this court; each names a file that must be there. */
static int backup_test_count(const char *data, const char *database, int *missing)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = suit.ctx.now };
	struct store *store;
	int count = 0;
	*missing = 0;
	CHECK(!db_open(&ctx, data, database, &store));
	struct row *r = db_ask(&ctx, "select docket, form from draft where court = '0' and person = 'client' order by docket", "");
	for (; db_next(r); count++) {
		const char *digest = db_text(r, 1);
		*missing += access(arena_print(ctx.mem, "%s/blobs/%.2s/%s", data, digest, digest + 2), R_OK) != 0;
		CHECK_TEXT(db_text(r, 0), arena_print(ctx.mem, "n%07d", count));
	}
	arena_end(ctx.mem);
	return count;
}

/* The names in a folder that have this in them; the last, by order, into last. */
static int backup_test_names(const char *folder, const char *part, char last[256])
{
	int n = 0;
	DIR *open_folder = opendir(folder);
	*last = '\0';
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));)
		if (*entry->d_name != '.' && strstr(entry->d_name, part)) {
			n++;
			if (strcmp(entry->d_name, last) > 0)
				snprintf(last, 256, "%s", entry->d_name);
		}
	if (open_folder)
		closedir(open_folder);
	return n;
}

static int backup_test_pool(void)
{
	char last[256];
	int n = 0;
	for (int i = 0; i < 256; i++)
		n += backup_test_names(arena_print(suit.ctx.mem, "%s/files/%02x", backup_test_to, i), "", last);
	return n;
}

/* Files that the check has read: those that some backup names. */
static int backup_test_named(void)
{
	const char *at = strstr(backup_test_said, " files, ");
	while (at && at > backup_test_said && at[-1] != '\n')
		at--;
	return at ? (int)strtol(at, NULL, 10) : -1;
}

/* The path of a file of the newest backup, by its name there. */
static const char *backup_test_file(const char *name)
{
	char last[256], line[400], *path = "";
	backup_test_names(backup_test_to, ".backup", last);
	FILE *in = fopen(arena_print(suit.ctx.mem, "%s/%s", backup_test_to, last), "re");
	while (in && fgets(line, sizeof line, in)) {
		char *word = strrchr(line, ' ');
		if (word && !strncmp(word + 1, name, strlen(name)))
			path = arena_print(suit.ctx.mem, "%s/files/%.2s/%.62s", backup_test_to, line, line + 2);
	}
	if (in)
		fclose(in);
	return path;
}

static void backup_test_flip(const char *path, off_t at)
{
	unsigned char byte;
	int fd = open(path, O_RDWR | O_CLOEXEC);
	CHECK(pread(fd, &byte, 1, at) == 1);
	byte ^= 1;
	CHECK(pwrite(fd, &byte, 1, at) == 1);
	close(fd);
}

static int backup_test_next;

static const char *backup_test_place(void) { return arena_print(suit.ctx.mem, "%s/place%d", suit.directory, backup_test_next++); }

/* ---- what is tried ---- */

static void backup_test_under_load(void)
{
	char database[DATABASE_SIZE];
	struct backup_test_client client = { 0 };
	pthread_t thread;
	int missing;
	CHECK(!pthread_create(&thread, NULL, backup_test_go_on, &client));
	while (client.done < 20)
		usleep(1000);
	for (int i = 0; i < 3; i++) {
		int before = client.done;
		const char *place = backup_test_place();
		CHECK_INT(backup_test_take(), 0);
		database_make(database, sizeof database);
		CHECK_INT(backup_test_restore(place, database, NULL), 0);
		CHECK(strstr(backup_test_said, " 0 broken\n") && strstr(backup_test_said, "as of 2026-"));
		int after = backup_test_count(place, database, &missing);
		CHECK(after >= before && after <= client.done + 1);
		CHECK_INT(missing, 0);
	}
	client.stop = true;
	pthread_join(thread, NULL);
}

static void backup_test_keeps(void)
{
	char last[256];
	for (int i = 0; i < 3; i++)
		CHECK_INT(backup_test_take(), 0);
	/* Only the picture is new: with it what lies in the data directory itself. */
	CHECK(strstr(backup_test_said, "; new: 2 files, ") || strstr(backup_test_said, "; new: 3 files, "));
	CHECK_INT(backup_test_names(backup_test_to, ".backup", last), 3);
	CHECK_INT(backup_test_check(), 0);
	CHECK_INT(backup_test_named(), backup_test_pool());
	CHECK(strstr(backup_test_said, " 0 broken"));
	/* Looking at the picture has not changed it. */
	CHECK_INT(backup_test_check(), 0);
	/* An older one, by its name; and what the database of another kind holds is the same. */
	int missing;
	const char *place = backup_test_place();
	CHECK_INT(backup_test_restore(place, "", last), 0);
	CHECK(backup_test_count(place, "", &missing) >= 20 && !missing);
	CHECK_INT(backup_test_restore(backup_test_place(), "", "20200101T000000"), 1);
}

/* Killed at another moment each time. */
/* The program itself, on its own. */
static pid_t backup_test_begin(const char *command, const char *data, const char *database)
{
	const char *program = getenv("MICROCOURT");
	extern char **environ;
	char *argv[] = { "microcourt", (char *)(uintptr_t)command, "--config=", "--data", (char *)(uintptr_t)data, "--database",
			 (char *)(uintptr_t)database, "--backup_keep", "3", (char *)(uintptr_t)backup_test_to, NULL };
	pid_t pid = 0;
	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	CHECK(!posix_spawn(&pid, program ? program : "build/test/microcourt", &quiet, NULL, argv, environ));
	posix_spawn_file_actions_destroy(&quiet);
	return pid;
}

/* So long after this file or folder is there; whether it had not ended by itself before. */
static bool backup_test_kill(pid_t pid, const char *path, int after_us)
{
	int status;
	siginfo_t ended = { 0 };
	for (int k = 0; k < 4000 && access(path, F_OK) && !waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) && !ended.si_pid; k++)
		usleep(500);
	usleep((useconds_t)after_us);
	kill(pid, SIGKILL);
	CHECK(waitpid(pid, &status, 0) == pid);
	return WIFSIGNALED(status);
}

static void backup_test_killed(void)
{
	char last[256], now[256];
	int cut = 0;
	backup_test_names(backup_test_to, ".backup", last);
	for (int i = 0; i < 8; i++) {
		pid_t pid = backup_test_begin("backup", suit.directory, suit.database);
		/* From the moment at which it has begun. */
		cut += backup_test_kill(pid, arena_print(suit.ctx.mem, "%s/tmp/%s", backup_test_to, i % 2 ? "list" : "picture"), i * i * 700);
		CHECK_INT(backup_test_check(), 0);
		backup_test_names(backup_test_to, ".backup", now);
		CHECK(strcmp(now, last) >= 0);
	}
	CHECK(cut > 0);
	CHECK_INT(backup_test_take(), 0);
	CHECK_INT(backup_test_check(), 0);
	CHECK_INT(backup_test_named(), backup_test_pool());
	CHECK_INT(backup_test_names(arena_print(suit.ctx.mem, "%s/tmp", backup_test_to), "", now), 0);
}

/* A restore that was killed is taken to its end by the same command, wherever it was. */
static void backup_test_interrupted(void)
{
	char database[DATABASE_SIZE], last[256];
	const char *place = backup_test_place(), *stage = arena_print(suit.ctx.mem, "%s/restoring", place);
	int missing, cut = 0;
	bool killed = true;
	database_make(database, sizeof database);
	for (int i = 0; i < 8 && killed; i++) {
		pid_t pid = backup_test_begin("restore", place, database);
		killed = backup_test_kill(pid, arena_print(suit.ctx.mem, "%s/%s", stage, i % 2 ? "whole" : "server.key"), i * 3000);
		cut += killed;
	}
	CHECK(cut > 0 && (!killed || !backup_test_restore(place, database, NULL)));
	const char *plain = backup_test_place();
	CHECK_INT(backup_test_restore(plain, "", NULL), 0);
	CHECK_INT(backup_test_count(place, database, &missing), backup_test_count(plain, "", &missing));
	CHECK_INT(missing, 0);
	/* As it is when it was killed while it put files into place. */
	long long at = 0;
	backup_test_names(backup_test_to, ".backup", last);
	FILE *list = fopen(arena_print(suit.ctx.mem, "%s/%s", backup_test_to, last), "re");
	CHECK(list && fscanf(list, "microcourt-backup 1 at %lld", &at) == 1 && !fclose(list));
	for (int other = 1; other >= 0; other--) {
		CHECK(!mkdir(stage, 0700) || other == 0);
		FILE *whole = fopen(arena_print(suit.ctx.mem, "%s/whole", stage), "we");
		CHECK(whole && fprintf(whole, "%lld\n", at + other) > 0 && !fclose(whole));
		CHECK(other || !rename(arena_print(suit.ctx.mem, "%s/server.key", place), arena_print(suit.ctx.mem, "%s/server.key", stage)));
		CHECK_INT(backup_test_run(command_serve, place, database, WORDS("--listen", "127.0.0.1:0")), 3);
		CHECK_INT(backup_test_restore(place, database, NULL), other);
	}
	CHECK(!access(arena_print(suit.ctx.mem, "%s/server.key", place), R_OK) && access(stage, F_OK));
}

static void backup_test_refuses(void)
{
	char database[DATABASE_SIZE], last[256];
	struct { const char *name; off_t at; } damage[] = { { "court.db", 9000 }, { "blobs/", 3 }, { "server.key", 5 } };
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		const char *path = backup_test_file(damage[i].name), *place = backup_test_place();
		backup_test_flip(path, damage[i].at);
		CHECK_INT(backup_test_check(), 1);
		CHECK(strstr(backup_test_said, path) && strstr(backup_test_said, " 1 broken"));
		CHECK_INT(backup_test_restore(place, "", NULL), 1);
		CHECK_INT(backup_test_names(place, "", last), 1);
		CHECK_TEXT(last, "serve.lock");
		backup_test_flip(path, damage[i].at);
	}
	/* A file that is gone comes back with the next backup. */
	CHECK(!unlink(backup_test_file("blobs/")));
	CHECK_INT(backup_test_check(), 1);
	CHECK_INT(backup_test_take(), 0);
	CHECK_INT(backup_test_check(), 0);
	/* The list itself. */
	backup_test_names(backup_test_to, ".backup", last);
	const char *list = arena_print(suit.ctx.mem, "%s/%s", backup_test_to, last);
	backup_test_flip(list, 100);
	CHECK_INT(backup_test_check(), 3);
	CHECK_INT(backup_test_restore(backup_test_place(), "", NULL), 1);
	CHECK_INT(backup_test_take(), 3);
	backup_test_flip(list, 100);
	/* A court that is there is never written over, nor one that is served. */
	const char *place = backup_test_place();
	database_make(database, sizeof database);
	CHECK_INT(backup_test_restore(place, database, NULL), 0);
	CHECK_INT(backup_test_restore(place, database, NULL), 1);
	CHECK_INT(backup_test_restore(suit.directory, suit.database, NULL), 1);
	if (*database) {
		/* The very rows that belong there: only the files were missing. */
		CHECK_INT(backup_test_restore(backup_test_place(), database, NULL), 0);
		database_order(database, "update draft set form = form || ' ' where docket = (select max(docket) from draft)");
		const char *other = backup_test_place();
		CHECK_INT(backup_test_restore(other, database, NULL), 1);
		CHECK(access(arena_print(suit.ctx.mem, "%s/server.key", other), F_OK) != 0);
	}
	const char *served = backup_test_place();
	CHECK(!mkdir(served, 0700));
	int fd = open(arena_print(suit.ctx.mem, "%s/serve.lock", served), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CHECK(!flock(fd, LOCK_EX | LOCK_NB));
	CHECK_INT(backup_test_restore(served, "", NULL), 1);
	close(fd);
	/* What an interrupted restore has left: nobody serves it; another restore begins anew. */
	CHECK(!mkdir(arena_print(suit.ctx.mem, "%s/restoring", served), 0700));
	CHECK_INT(backup_test_run(command_serve, served, "", WORDS("--listen", "127.0.0.1:0")), 3);
	CHECK(strstr(backup_test_said, "unfinished restore"));
	CHECK_INT(backup_test_restore(served, "", NULL), 0);
	CHECK_INT(backup_test_run(command_backup, suit.directory, "", WORDS("a", "b")), 2);
	CHECK_INT(backup_test_run(command_backup, served, "", WORDS(arena_print(suit.ctx.mem, "%s/none/none", served))), 3);
}

static enum mc_err backup_test_break(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_do(ctx, "update entry set form = form || ' ' where number = $1", "i", (int64_t)1);
}

int main(void)
{
	suit_open(&suit);
	backup_test_to = arena_print(suit.ctx.mem, "%s/kept", suit.directory);
	suit_to(&suit, STAGE_APPEALED);
	suit_to(&suit, STAGE_SUBMITTED);
	int fd = open(arena_print(suit.ctx.mem, "%s/server.key", suit.directory), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	CHECK(write(fd, "0123456789abcdef0123456789abcdef", 32) == 32);
	close(fd);
	backup_test_under_load();
	backup_test_keeps();
	backup_test_killed();
	backup_test_interrupted();
	backup_test_refuses();
	/* A chain that is broken in the court is so in the backup, and found. */
	CHECK(!db_together(&suit.ctx, backup_test_break, NULL));
	CHECK_INT(backup_test_take(), 0);
	CHECK_INT(backup_test_check(), 1);
	CHECK_INT(backup_test_restore(backup_test_place(), "", NULL), 1);
	suit_close(&suit);
	return check_end();
}
