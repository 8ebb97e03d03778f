#define _GNU_SOURCE 1
#include "base/clock.h"
#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void test_clock_write(const char *path, int64_t offset, size_t n)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)offset >> (8 * i));
	int file = open(path, O_WRONLY | O_TRUNC);
	CHECK(file >= 0 && write(file, bytes, n) == (ssize_t)n);
	close(file);
}

static int test_clock_near(int64_t a, int64_t b) { return a - b >= -2 && a - b <= 2; }

int main(void)
{
	int64_t start = clock_now(), tick = clock_tick_us();
	CHECK(start > 1700000000);
	CHECK(test_clock_near(clock_ms() / 1000, start));
	usleep(2000);
	CHECK(clock_tick_us() - tick >= 2000);

	clock_set(1788300000);
	CHECK_INT(clock_now(), 1788300000);
	CHECK_INT(clock_ms(), 1788300000000);
	clock_set(0);
	CHECK(test_clock_near(clock_now(), start));

	char folder[] = P_tmpdir "/test_clock.XXXXXX", path[64];
	CHECK(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/clock", folder);
	CHECK(clock_follow(path));
	CHECK_INT(access(path, R_OK | W_OK), 0);
	CHECK(test_clock_near(clock_now(), start));
	test_clock_write(path, 90 * 86400, 8);
	CHECK(test_clock_near(clock_now(), start + 90 * 86400));
	CHECK(test_clock_near(clock_ms() / 1000, start + 90 * 86400));
	test_clock_write(path, 0, 3);   /* a writer half way */
	CHECK(test_clock_near(clock_now(), start + 90 * 86400));
	test_clock_write(path, -86400, 8);
	CHECK(test_clock_near(clock_now(), start - 86400));
	CHECK(clock_follow(path));      /* again: keeps what is in the file */
	CHECK(test_clock_near(clock_now(), start - 86400));
	unlink(path);
	rmdir(folder);
	CHECK(!clock_follow("/nonexistent/clock"));
	return check_end();
}
