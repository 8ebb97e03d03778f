#include "command.h"
#include "command_say.h"
#include "../base/arena.h"
#include "../base/confine.h"
#include "../base/setting.h"
#include "../base/setting_source.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Each tries one thing and returns whether it could be done; errno says why not. */
static bool command_confine_open(const char *path, int how)
{
	int fd = open(path, how | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool command_confine_shadow(void) { return command_confine_open("/etc/shadow", O_RDONLY); }

static bool command_confine_read(void) { return command_confine_open("/etc/hostname", O_RDONLY); }

static bool command_confine_write(void)
{
	char path[100];
	snprintf(path, sizeof path, P_tmpdir "/microcourt-confine.%ld", (long)getpid());
	bool could = command_confine_open(path, O_WRONLY | O_CREAT | O_EXCL);
	if (could)
		unlink(path);
	return could;
}

static bool command_confine_start(void)
{
	char *const argv[] = { (char[]){ "false" }, NULL };
	return syscall(SYS_execve, "/bin/false", argv, NULL) == 0;
}

static bool command_confine_trace(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0; }

static bool command_confine_fork(void)
{
	pid_t child = fork();
	if (!child)
		_exit(0);
	return child > 0;
}

static bool command_confine_mount(void) { return mount("none", "/", "tmpfs", MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0; }

static bool command_confine_namespace(void) { return unshare(CLONE_NEWUSER) == 0; }

static bool command_confine_load(void) { return syscall(SYS_bpf, 0, NULL, 0) >= 0 || errno != EPERM; }

static bool command_confine_memory(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at != MAP_FAILED && !munmap(at, 4096);
}

static bool command_confine_socket(int family)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool command_confine_packets(void) { return command_confine_socket(AF_VSOCK); }

static bool command_confine_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1; }

static bool command_confine_core(void)
{
	struct rlimit core;
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 || getrlimit(RLIMIT_CORE, &core) || core.rlim_max;
}

static bool command_confine_data(void)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/confine.%ld", setting_text(SETTING_DATA), (long)getpid());
	return command_confine_open(path, O_RDWR | O_CREAT | O_EXCL) && !unlink(path);
}

static bool command_confine_network(void) { return command_confine_socket(AF_INET); }

static void *command_confine_nothing(void *what) { return what; }

static bool command_confine_thread(void)
{
	pthread_t thread;
	return !pthread_create(&thread, NULL, command_confine_nothing, NULL) && !pthread_join(thread, NULL);
}

static const struct command_confine_trial {
	const char *zh, *en;
	bool (*attempt)(void);
	bool allowed, relaxed;          /* relaxed: not refused in a sanitizer build */
} command_confine_trials[] = {
	{ "读取 /etc/shadow", "read /etc/shadow", command_confine_shadow, false, false },
	{ "读取 /etc/hostname", "read /etc/hostname", command_confine_read, false, false },
	{ "写数据目录以外的文件", "write outside the data directory", command_confine_write, false, false },
	{ "启动其他程序", "start another program", command_confine_start, false, false },
	{ "跟踪进程", "trace a process", command_confine_trace, false, true },
	{ "创建进程", "make a process", command_confine_fork, false, true },
	{ "挂载文件系统", "mount", command_confine_mount, false, false },
	{ "新建命名空间", "make a namespace", command_confine_namespace, false, false },
	{ "向内核装入代码", "load code into the kernel", command_confine_load, false, false },
	{ "既可写又可执行的内存", "memory to write and run", command_confine_memory, false, false },
	{ "其他种类的套接字", "another kind of socket", command_confine_packets, false, false },
	{ "取得新的权限", "gain privileges", command_confine_privileges, false, false },
	{ "留下内存转储", "leave a core dump", command_confine_core, false, true },
	{ "写数据目录", "write in the data directory", command_confine_data, true, false },
	{ "使用网络", "use the network", command_confine_network, true, false },
	{ "创建线程", "make a thread", command_confine_thread, true, false },
};

static int command_confine_try(void)
{
	int right = 0, wrong = 0;
	printf("%s\n", confine_report());
	for (size_t i = 0; i < sizeof command_confine_trials / sizeof *command_confine_trials; i++) {
		const struct command_confine_trial *t = &command_confine_trials[i];
		if (t->relaxed && confine_relaxed())
			continue;
		errno = 0;
		bool could = t->attempt();
		int said = errno;
		right += could == t->allowed;
		wrong += could != t->allowed;
		printf("%s %s %s / %s%s%s\n", could == t->allowed ? "ok" : "NOT OK", could ? "可以 can" : "不能 cannot", t->zh, t->en,
		       !could && said ? ": " : "", !could && said ? strerror(said) : "");
	}
	printf("%d ok, %d not ok\n", right, wrong);
	return wrong ? 1 : 0;
}

int command_confine(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "" };
	int code = 2;
	if (setting_source_read(&ctx, &argc, argv, environ)) {
		command_say(&ctx, "confine");
	} else if (argc > 1 || access(setting_text(SETTING_DATA), W_OK)) {
		fputs("用法：microcourt confine [--data 目录]（目录须已存在）\nusage: microcourt confine [--data DIR], which is there\n", stderr);
	} else {
		confine_begin(setting_text(SETTING_DATA));
		code = command_confine_try();
	}
	arena_end(ctx.mem);
	return code;
}
