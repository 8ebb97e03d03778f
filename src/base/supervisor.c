#include "supervisor.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SUPERVISOR_FIRST 3      /* SD_LISTEN_FDS_START */

static struct {
	int notify, socket;
	struct sockaddr_un to;
	socklen_t size;
	int64_t patience;
} supervisor = { .notify = -1, .socket = -1 };

static int64_t supervisor_number(const char *name)
{
	const char *text = getenv(name);
	char *end = NULL;
	long long n = text && *text ? strtoll(text, &end, 10) : 0;
	return end && !*end && n > 0 ? n : 0;
}

/* The variables name the process they are meant for: a child of that process must not believe them. */
static bool supervisor_means_us(const char *name)
{
	int64_t pid = supervisor_number(name);
	return pid == (int64_t)getpid();
}

static void supervisor_find_socket(void)
{
	int listens = 0;
	socklen_t size = sizeof listens;
	if (!supervisor_means_us("LISTEN_PID") || supervisor_number("LISTEN_FDS") < 1)
		return;
	if (getsockopt(SUPERVISOR_FIRST, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) || !listens)
		return;
	fcntl(SUPERVISOR_FIRST, F_SETFD, FD_CLOEXEC);
	fcntl(SUPERVISOR_FIRST, F_SETFL, O_NONBLOCK);
	supervisor.socket = SUPERVISOR_FIRST;
}

static void supervisor_find_notify(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t size = path ? strlen(path) : 0;
	if (!size || size >= sizeof supervisor.to.sun_path || (*path != '/' && *path != '@'))
		return;
	supervisor.to.sun_family = AF_UNIX;
	memcpy(supervisor.to.sun_path, path, size);
	if (*path == '@')
		supervisor.to.sun_path[0] = '\0';
	supervisor.size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
	supervisor.notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

void supervisor_begin(void)
{
	supervisor_find_socket();
	supervisor_find_notify();
	if (!getenv("WATCHDOG_PID") || supervisor_means_us("WATCHDOG_PID"))
		supervisor.patience = supervisor_number("WATCHDOG_USEC");
	static const char *const name[] = { "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC" };
	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		unsetenv(name[i]);
}

bool supervisor_watches(void) { return supervisor.notify >= 0; }

int supervisor_socket(void) { return supervisor.socket; }

void supervisor_say(const char *state)
{
	if (supervisor.notify >= 0 && *state)
		(void)sendto(supervisor.notify, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&supervisor.to,
			     supervisor.size);
}

int64_t supervisor_patience(void) { return supervisor.patience; }
