#include "listen.h"
#include "../base/arena.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LISTEN_BACKLOG 1024

static enum mc_err listen_fail(struct ctx *ctx, enum mc_err err, const char *key, const char *address, int said)
{
	return ctx_fail(ctx, err, (struct why){
		.key = key, .arg = { arena_copy(ctx->mem, address), arena_copy(ctx->mem, said ? strerror(said) : "") } });
}

static enum mc_err listen_bind(struct ctx *ctx, const char *address, const struct sockaddr *to, socklen_t size,
			       int *out)
{
	int one = 1, fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
		if (!bind(fd, to, size) && !listen(fd, LISTEN_BACKLOG)) {
			*out = fd;
			return MC_OK;
		}
	}
	int said = errno;
	if (fd >= 0)
		close(fd);
	if (said == EADDRINUSE)
		return listen_fail(ctx, MC_CONFLICT, "listen.taken", address, said);
	if (said == EACCES || said == EPERM)
		return listen_fail(ctx, MC_DENIED, "listen.denied", address, said);
	return listen_fail(ctx, MC_INVALID, "listen.address", address, said);
}

static enum mc_err listen_unix(struct ctx *ctx, const char *address, const char *path, int *fd)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct stat what;
	if (!*path || strlen(path) >= sizeof to.sun_path)
		return listen_fail(ctx, MC_INVALID, "listen.address", address, ENAMETOOLONG);
	memcpy(to.sun_path, path, strlen(path));
	/* A socket left by a program that was killed; a live one is kept by the directory's lock. */
	if (!lstat(path, &what) && S_ISSOCK(what.st_mode))
		unlink(path);
	return listen_bind(ctx, address, (const struct sockaddr *)&to, sizeof to, fd);
}

enum mc_err listen_open(struct ctx *ctx, const char *address, int *fd)
{
	if (!strncmp(address, "unix:", 5))
		return listen_unix(ctx, address, address + 5, fd);
	char *host = arena_copy(ctx->mem, address), *port = strrchr(host, ':');
	if (!port || !port[1] || strspn(port + 1, "0123456789") != strlen(port + 1))
		return listen_fail(ctx, MC_INVALID, "listen.address", address, 0);
	*port++ = '\0';
	size_t n = strlen(host);
	if (host[0] == '[' && n > 1 && host[n - 1] == ']') {
		host[n - 1] = '\0';
		host++;
	}
	struct addrinfo want = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV }, *found;
	if (getaddrinfo(*host ? host : NULL, port, &want, &found))
		return listen_fail(ctx, MC_INVALID, "listen.address", address, 0);
	enum mc_err err = listen_bind(ctx, address, found->ai_addr, found->ai_addrlen, fd);
	freeaddrinfo(found);
	return err;
}

int listen_port(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
		struct sockaddr_storage room;
	} at = { .any.sa_family = AF_UNSPEC };
	socklen_t size = sizeof at;
	if (getsockname(fd, &at.any, &size))
		return 0;
	return at.any.sa_family == AF_INET ? ntohs(at.four.sin_port)
	     : at.any.sa_family == AF_INET6 ? ntohs(at.six.sin6_port) : 0;
}
