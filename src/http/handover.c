#include "handover.h"
#include "../base/log.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define HANDOVER_START_SECONDS 120      /* within which the new one must have started */

static struct {
	struct sockaddr_un at;
	int listener, socket, lock;
	pthread_t thread;
	bool runs;
	atomic_bool given;
} handover = { .listener = -1 };

union handover_rights {
	char room[CMSG_SPACE(2 * sizeof(int))];
	struct cmsghdr align;
};

static bool handover_address(const char *directory, struct sockaddr_un *at)
{
	*at = (struct sockaddr_un){ .sun_family = AF_UNIX };
	int n = snprintf(at->sun_path, sizeof at->sun_path, "%s/serve.sock", directory);
	return n > 0 && (size_t)n < sizeof at->sun_path;
}

static void handover_patience(int line, int seconds)
{
	struct timeval patience = { .tv_sec = seconds };
	setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

/* ---- who takes ---- */

static bool handover_receive(int line, struct handover *out)
{
	char byte = 0;
	union handover_rights rights = { .room = { 0 } };
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = rights.room, .msg_controllen = sizeof rights.room };
	if (recvmsg(line, &message, MSG_CMSG_CLOEXEC) != 1)
		return false;
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	if (!head || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return false;
	int fd[2];
	memcpy(fd, CMSG_DATA(head), sizeof fd);
	out->socket = fd[0];
	out->lock = fd[1];
	return true;
}

enum mc_err handover_take(struct ctx *ctx, const char *directory, struct handover *out)
{
	struct sockaddr_un at;
	if (!handover_address(directory, &at))
		return MC_UNKNOWN;
	int line = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (line < 0 || connect(line, (const struct sockaddr *)&at, sizeof at)) {
		bool nobody = errno == ENOENT || errno == ECONNREFUSED;
		if (line >= 0)
			close(line);
		return nobody ? MC_UNKNOWN : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "listen.handover", .arg = { directory } });
	}
	handover_patience(line, 10);
	*out = (struct handover){ .line = line };
	if (handover_receive(line, out))
		return MC_OK;
	close(line);
	return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "listen.handover", .arg = { directory } });
}

bool handover_finish(const struct handover *taken, int seconds)
{
	char byte;
	handover_patience(taken->line, seconds);
	bool left = write(taken->line, "r", 1) == 1 && recv(taken->line, &byte, 1, 0) == 0;
	close(taken->line);
	return left;
}

/* ---- who gives ---- */

static bool handover_trusts(int line)
{
	struct ucred peer;
	socklen_t size = sizeof peer;
	return !getsockopt(line, SOL_SOCKET, SO_PEERCRED, &peer, &size) && (peer.uid == geteuid() || peer.uid == 0);
}

static bool handover_send(int line)
{
	int fd[2] = { handover.socket, handover.lock };
	union handover_rights rights = { .room = { 0 } };
	struct iovec data = { (char[]){ 'h' }, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = rights.room, .msg_controllen = sizeof rights.room };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(head), fd, sizeof fd);
	return sendmsg(line, &message, MSG_NOSIGNAL) == 1;
}

/* True once it has been given away for good: the line stays open until this process ends, by which
 * the other one sees that. */
static bool handover_serve(int line)
{
	char byte = 0;
	handover_patience(line, HANDOVER_START_SECONDS);
	if (handover_trusts(line) && handover_send(line) && recv(line, &byte, 1, 0) == 1 && byte == 'r') {
		atomic_store(&handover.given, true);
		log_note(LOG_LEVEL_INFO, "handover-given", (struct log_field[]){ { 0 } });
		kill(getpid(), SIGTERM);
		return true;
	}
	close(line);
	return false;
}

static void *handover_run(void *unused)
{
	(void)unused;
	for (;;) {
		int line = accept4(handover.listener, NULL, NULL, SOCK_CLOEXEC);
		if (line < 0 && errno != EINTR && errno != ECONNABORTED)
			return NULL;
		if (line >= 0 && handover_serve(line))
			return NULL;
	}
}

void handover_offer(const char *directory, int socket_fd, int lock)
{
	handover.socket = socket_fd;
	handover.lock = lock;
	if (handover_address(directory, &handover.at)) {
		/* One that is there belongs to a process that has given its place away, or is gone. */
		unlink(handover.at.sun_path);
		handover.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		handover.runs = handover.listener >= 0
			&& !bind(handover.listener, (const struct sockaddr *)&handover.at, sizeof handover.at)
			&& !listen(handover.listener, 1)
			&& !pthread_create(&handover.thread, NULL, handover_run, NULL);
	}
	if (!handover.runs)
		log_note(LOG_LEVEL_WARNING, "handover-off", (struct log_field[]){ { "path", handover.at.sun_path, 0 }, { 0 } });
}

bool handover_given(void) { return atomic_load(&handover.given); }

void handover_end(void)
{
	if (!handover.runs)
		return;
	if (!handover_given())
		unlink(handover.at.sun_path);
	shutdown(handover.listener, SHUT_RDWR);         /* wakes the thread */
	pthread_join(handover.thread, NULL);
	close(handover.listener);
	handover.runs = false;
}
