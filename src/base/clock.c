#define _GNU_SOURCE 1
#include "clock.h"

#include <assert.h>
#include <endian.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* There is one clock for the whole program, so its state is the program's too:
 * three atomics, set at the start or by tests. */
static _Atomic int64_t clock_fixed;
static _Atomic int clock_file = -1;
static _Atomic int64_t clock_last;      /* the offset last read whole */

static int64_t clock_read(clockid_t which, int64_t per_second)
{
	struct timespec at;
	int bad = clock_gettime(which, &at);
	assert(!bad);
	(void)bad;
	return (int64_t)at.tv_sec * per_second + (int64_t)at.tv_nsec / (1000000000 / per_second);
}

/* Read, not mapped: a test that truncates the file before it writes would kill
 * the program with SIGBUS. */
static int64_t clock_offset(void)
{
	int file = atomic_load(&clock_file);
	uint64_t raw;
	if (file >= 0 && pread(file, &raw, sizeof raw, 0) == (ssize_t)sizeof raw)
		atomic_store(&clock_last, (int64_t)le64toh(raw));
	return atomic_load(&clock_last);
}

int64_t clock_now(void)
{
	int64_t fixed = atomic_load(&clock_fixed);
	return fixed ? fixed : clock_read(CLOCK_REALTIME, 1) + clock_offset();
}

int64_t clock_ms(void)
{
	int64_t fixed = atomic_load(&clock_fixed);
	return fixed ? fixed * 1000 : clock_read(CLOCK_REALTIME, 1000) + clock_offset() * 1000;
}

int64_t clock_tick_us(void) { return clock_read(CLOCK_MONOTONIC, 1000000); }

void clock_set(int64_t at) { atomic_store(&clock_fixed, at); }

bool clock_follow(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file < 0)
		return false;
	uint64_t zero = 0;
	if (lseek(file, 0, SEEK_END) == 0 && pwrite(file, &zero, sizeof zero, 0) != (ssize_t)sizeof zero) {
		close(file);
		return false;
	}
	/* An earlier file stays open: another thread may be reading it. */
	atomic_store(&clock_last, 0);
	atomic_store(&clock_file, file);
	return true;
}
