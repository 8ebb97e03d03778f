/* rig: what the benchmarks over HTTP stand on: programs that are started and stopped by
 * their own number, what of the processor they have used, and wrk's word on a load. */
#ifndef MC_RIG_H
#define MC_RIG_H
#include "../../src/base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct rig_load {
	long requests, errors;
	double rate;                    /* requests a second */
	double p50, p99;                /* milliseconds */
	double cpu;                     /* microseconds of the server's processor time for one request */
};

static inline _Noreturn void rig_fail(const char *what, const char *which)
{
	fprintf(stderr, "bench: %s%s%s\n", what, *which ? ": " : "", which);
	exit(1);
}

/* A port of the loopback that nobody has. */
static inline int rig_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, size) || getsockname(fd, (struct sockaddr *)&at, &size))
		rig_fail("no free port", "");
	close(fd);
	return ntohs(at.sin_port);
}

/* Starts a program, its words into log; it ends with this one at the latest. */
static inline pid_t rig_start(const char *log, char *const argv[])
{
	pid_t pid = fork();
	if (pid < 0)
		rig_fail("no process", argv[0]);
	if (pid)
		return pid;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(fd, 1);
	dup2(fd, 2);
	execvp(argv[0], argv);
	_exit(127);
}

/* Waits for it; its exit code. */
static inline int rig_wait(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static inline int rig_stop(pid_t pid)
{
	kill(pid, SIGTERM);
	return rig_wait(pid);
}

/* Waits until somebody listens; microseconds from now. */
static inline int64_t rig_listens(int port, pid_t pid)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port) };
	int64_t from = clock_tick_us();
	while (clock_tick_us() - from < 30000000) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		int bad = connect(fd, (struct sockaddr *)&at, sizeof at);
		close(fd);
		if (!bad)
			return clock_tick_us() - from;
		if (waitpid(pid, NULL, WNOHANG) == pid)
			rig_fail("a program ended at once", "");
		usleep(500);
	}
	rig_fail("nobody listens", "");
}

static inline void rig_read(const char *path, char *out, size_t room)
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(out, 1, room - 1, f) : 0;
	out[n] = '\0';
	if (f)
		fclose(f);
}

/* Microseconds of processor time of a process and its children that live. */
static inline double rig_cpu(pid_t pid)
{
	char path[64], words[4096];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	rig_read(path, words, sizeof words);
	char *at = strrchr(words, ')');
	for (int i = 0; at && i < 12; i++)
		at = strchr(at + 1, ' ');
	double used = 0;
	if (at) {
		char *end;
		used = (double)strtol(at, &end, 10);
		used += (double)strtol(end, NULL, 10);
	}
	used *= 1e6 / (double)sysconf(_SC_CLK_TCK);
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	rig_read(path, words, sizeof words);
	for (char *child = words, *end; *child; child = end) {
		long number = strtol(child, &end, 10);
		if (end == child)
			break;
		used += rig_cpu((pid_t)number);
	}
	return used;
}

/* Megabytes of memory that a process holds now ("VmRSS") or held at most ("VmHWM"). */
static inline double rig_memory(pid_t pid, const char *what)
{
	char path[64], words[4096];
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	rig_read(path, words, sizeof words);
	const char *at = strstr(words, what);
	return at ? (double)strtol(at + strlen(what) + 1, NULL, 10) / 1024 : 0;
}

/* Begins a load of so many connections and seconds on a port, what is sent as load.lua says. */
static inline pid_t rig_load_begin(const char *log, int port, int connections, int seconds, const char *cookie,
				   const char *token, const char *paths)
{
	char url[64], count[16], length[16];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/", port);
	snprintf(count, sizeof count, "-c%d", connections);
	snprintf(length, sizeof length, "-d%ds", seconds);
	unlink(log);
	return rig_start(log, (char *[]){ (char[]){ "wrk" }, (char[]){ "-t1" }, count, length, (char[]){ "--latency" },
		(char[]){ "--timeout" }, (char[]){ "10s" }, (char[]){ "-s" }, (char[]){ "tests/bench/load.lua" }, url, (char[]){ "--" },
		strdup(cookie), strdup(token), strdup(paths), NULL });
}

static inline struct rig_load rig_load_end(const char *log, pid_t wrk, pid_t server, double cpu)
{
	char words[8192];
	int code = rig_wait(wrk);
	double used = rig_cpu(server) - cpu;
	rig_read(log, words, sizeof words);
	char *at = strstr(words, "\nwrk ");
	if (code || !at)
		rig_fail("wrk failed", words);
	struct rig_load load = { .requests = strtol(at + 5, &at, 10) };
	load.rate = (double)load.requests * 1e6 / (double)strtol(at, &at, 10);
	load.errors = strtol(at, &at, 10);
	load.p50 = (double)strtol(at, &at, 10) / 1000;
	load.p99 = (double)strtol(at, &at, 10) / 1000;
	load.cpu = load.requests ? used / (double)load.requests : 0;
	if (load.errors || !load.requests)
		rig_fail("requests went wrong", words);
	return load;
}

static inline struct rig_load rig_load(const char *log, int port, pid_t server, int connections, int seconds,
				       const char *cookie, const char *token, const char *paths)
{
	double cpu = rig_cpu(server);
	return rig_load_end(log, rig_load_begin(log, port, connections, seconds, cookie, token, paths), server, cpu);
}

#endif
