#include "process.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Opened once: a confined program does not open them any more, but may go on reading. */
static struct {
	pthread_mutex_t lock;
	DIR *files;
	int memory;
} process = { .lock = PTHREAD_MUTEX_INITIALIZER, .memory = -1 };

void process_begin(void)
{
	if (process.memory < 0)
		process.memory = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	if (!process.files)
		process.files = opendir("/proc/self/fd");
}

int64_t process_memory(void)
{
	char text[100];
	ssize_t n = process.memory >= 0 ? pread(process.memory, text, sizeof text - 1, 0) : -1;
	if (n <= 0)
		return 0;
	text[n] = '\0';
	const char *resident = strchr(text, ' ');       /* "size resident ...", in pages */
	return resident ? (int64_t)strtoll(resident, NULL, 10) * sysconf(_SC_PAGESIZE) : 0;
}

int64_t process_files(void)
{
	int64_t count = 0;
	pthread_mutex_lock(&process.lock);
	if (process.files) {
		rewinddir(process.files);
		for (struct dirent *entry; (entry = readdir(process.files));)
			count += entry->d_name[0] != '.';
	}
	pthread_mutex_unlock(&process.lock);
	return count;
}

int64_t process_files_most(void)
{
	struct rlimit limit;
	return getrlimit(RLIMIT_NOFILE, &limit) ? 0 : (int64_t)limit.rlim_cur;
}

int64_t process_cpu_us(void)
{
	struct rusage used;
	if (getrusage(RUSAGE_SELF, &used))
		return 0;
	return ((int64_t)used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}
