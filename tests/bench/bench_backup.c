/* bench_backup: how long a backup takes of a court with a million rows and a gigabyte of uploaded files: the
 * first, one more when nothing is new, reading it all again, and restoring it. Beside it the plain way on the same disk:
 * cp -r of the files. Usage: bench_backup [thousand rows [mebibytes]] */
#include "../unit/suit.h"
#include "../../src/cmd/command.h"
#include "../../src/store/blob.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>

enum { BENCH_BACKUP_FILE = 1 << 20 };

static struct suit suit;

static void bench_backup_fill(long rows, long files)
{
	static char bytes[BENCH_BACKUP_FILE];
	sqlite3 *lite;
	CHECK(sqlite3_open(arena_print(suit.ctx.mem, "%s/court.db", suit.directory), &lite) == SQLITE_OK);
	CHECK(sqlite3_exec(lite, arena_print(suit.ctx.mem, "with recursive n(i) as (select 1 union all select i + 1 from n where i < %ld)"
		" insert into draft (court, person, docket, act, home, form, at) select '0', 'p' || i %% 1000, printf('d%%09d', i), 'SUBMIT', '',"
		" printf('{\"claims\":\"%%d\",\"facts\":\"%%.200c\"}', i, 'x'), i from n", rows), NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(lite);
	for (long i = 0; i < files; i++) {
		struct ctx ctx = suit.ctx;
		struct blob *blob;
		const char *digest;
		int64_t size;
		ctx.mem = arena_begin();
		for (size_t k = 0; k < sizeof bytes; k += sizeof i)
			memcpy(bytes + k, &i, sizeof i);
		CHECK(!blob_begin(&ctx, suit.store, &blob) && !blob_add(&ctx, blob, bytes, sizeof bytes) && !blob_end(&ctx, blob, &digest, &size));
		arena_end(ctx.mem);
	}
}

static int64_t bench_backup_time(int (*command)(int, char **), const char *data, const char *one, const char *two)
{
	char *argv[] = { "command", "--config=", "--data", (char *)(uintptr_t)data, (char *)(uintptr_t)one, (char *)(uintptr_t)two, NULL };
	int64_t from = clock_tick_us();
	fflush(NULL);
	pid_t child = fork();
	if (!child) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		dup2(null, 2);
		if (!command)
			execlp("cp", "cp", "-r", data, one, (char *)NULL);
		_exit(command ? command(two ? 6 : 5, argv) : 1);
	}
	int status = -1;
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && !WEXITSTATUS(status));
	return (clock_tick_us() - from) / 1000;
}

int main(int argc, char **argv)
{
	long rows = argc > 1 ? strtol(argv[1], NULL, 10) * 1000 : 1000000, files = argc > 2 ? strtol(argv[2], NULL, 10) : 1024;
	suit_open(&suit);
	struct arena *mem = suit.ctx.mem;
	const char *to = arena_print(mem, "%s/kept", suit.directory), *other = arena_print(mem, "%s/other", suit.directory);
	bench_backup_fill(rows, files);
	sync();
	struct stat st;
	CHECK(!stat(arena_print(mem, "%s/court.db", suit.directory), &st));
	printf("%ld rows beside the sample court (court.db: %lld MiB), %ld MiB in files of 1 MiB\n\n| what | ms |\n| --- | --- |\n", rows,
	       (long long)st.st_size >> 20, files);
	printf("| cp -r of the files | %" PRId64 " |\n", bench_backup_time(NULL, arena_print(mem, "%s/blobs", suit.directory),
								       arena_print(mem, "%s/plain", suit.directory), NULL));
	sync();
	printf("| the first backup, durable | %" PRId64 " |\n", bench_backup_time(command_backup, suit.directory, to, NULL));
	printf("| the next, no file new | %" PRId64 " |\n", bench_backup_time(command_backup, suit.directory, to, NULL));
	printf("| backup --check of both | %" PRId64 " |\n", bench_backup_time(command_backup, suit.directory, "--check", to));
	printf("| restore, checked | %" PRId64 " |\n", bench_backup_time(command_restore, other, to, NULL));
	suit_close(&suit);
	return check_bad != 0;
}
