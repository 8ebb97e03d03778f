#include "confine.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#define CONFINE_FEATURE(x) __has_feature(x)
#else
#define CONFINE_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || CONFINE_FEATURE(address_sanitizer)
#define CONFINE_RELAXED true
#else
#define CONFINE_RELAXED false
#endif

/* Newer than the header of Debian 12. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

#define CONFINE_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define CONFINE_OWN (CONFINE_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR \
	| LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG \
	| LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_TRUNCATE)
#define CONFINE_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE \
	| LANDLOCK_ACCESS_FS_TRUNCATE)          /* what a rule for a file, not a directory, may hold */

static char confine_words[200];

/* What the C library, TLS and the address book of the network read, and nobody's secrets. */
static const char *const confine_readable[] = {
	"/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services",
	"/etc/localtime", "/etc/passwd", "/etc/ld.so.cache", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates",
	"/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/usr/share/zoneinfo", "/usr/lib", "/lib",
	"/lib64", "/usr/lib64", "/run/systemd/resolve", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random",
};

static void confine_add(const char *words)
{
	size_t n = strlen(confine_words);
	snprintf(confine_words + n, sizeof confine_words - n, "%s%s", n ? ", " : "", words);
}

const char *confine_report(void) { return *confine_words ? confine_words : "off"; }

bool confine_relaxed(void) { return CONFINE_RELAXED; }

bool confine_user(const char *name, const char *directory)
{
	const struct passwd *user = getpwnam(name);
	if (!user || !user->pw_uid)
		return errno = user ? EPERM : ENOENT, false;
	int data = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	bool owned = data >= 0 && !fchown(data, user->pw_uid, user->pw_gid);
	if (data >= 0)
		close(data);
	return owned && !setgroups(0, NULL) && !setresgid(user->pw_gid, user->pw_gid, user->pw_gid)
		&& !setresuid(user->pw_uid, user->pw_uid, user->pw_uid) && setuid(0) != 0
		&& (!CONFINE_RELAXED || !prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

/* ---- files ---- */

static void confine_allow(int rules, const char *path, uint64_t access, uint64_t handled)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return;         /* what is not there need not be allowed */
	int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = {
		.allowed_access = access & handled & (directory >= 0 ? UINT64_MAX : CONFINE_FILE), .parent_fd = fd };
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
		log_error("confine-path", "path", path);
	if (directory >= 0)
		close(directory);
	close(fd);
}

static void confine_files(const char *directory)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	uint64_t handled = (1ULL << 13) - 1;    /* version 1: execute up to make_sym */
	if (version >= 2)
		handled |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		handled |= LANDLOCK_ACCESS_FS_TRUNCATE;
	struct landlock_ruleset_attr attr = { .handled_access_fs = handled };
	int rules = version > 0 ? (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0) : -1;
	if (rules < 0) {
		confine_add("no landlock in this kernel");
		return;
	}
	confine_allow(rules, directory, CONFINE_OWN, handled);
	confine_allow(rules, "/dev/null", CONFINE_READ | LANDLOCK_ACCESS_FS_WRITE_FILE, handled);
	for (size_t i = 0; i < sizeof confine_readable / sizeof *confine_readable; i++)
		confine_allow(rules, confine_readable[i], CONFINE_READ, handled);
	if (CONFINE_RELAXED)    /* the sanitizer reads its own maps */
		confine_allow(rules, "/proc", CONFINE_READ, handled);
	bool good = !syscall(SYS_landlock_restrict_self, rules, 0);
	char words[40];
	snprintf(words, sizeof words, good ? "landlock %ld" : "landlock refused (%ld)", version);
	confine_add(words);
	close(rules);
}

/* ---- system calls ---- */

static const int confine_never[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(move_mount), SCMP_SYS(open_tree),
	SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fsconfig), SCMP_SYS(fspick), SCMP_SYS(unshare), SCMP_SYS(setns),
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct),
	SCMP_SYS(quotactl), SCMP_SYS(syslog), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
	SCMP_SYS(adjtimex), SCMP_SYS(clock_adjtime), SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(iopl),
	SCMP_SYS(ioperm), SCMP_SYS(personality), SCMP_SYS(vhangup), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(memfd_create),
	SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(capset),
	SCMP_SYS(lookup_dcookie), SCMP_SYS(nfsservctl), SCMP_SYS(move_pages), SCMP_SYS(migrate_pages), SCMP_SYS(vmsplice),
};

/* A leak check forks a tracer of its own (clone, ptrace). */
static bool confine_spared(int call)
{
	return CONFINE_RELAXED && (call == SCMP_SYS(ptrace) || call == SCMP_SYS(fork));
}

static bool confine_rules(scmp_filter_ctx filter)
{
	const uint32_t no = SCMP_ACT_ERRNO(EPERM);
	bool good = true;
	for (size_t i = 0; i < sizeof confine_never / sizeof *confine_never; i++)
		if (!confine_spared(confine_never[i]))
			good &= !seccomp_rule_add(filter, no, confine_never[i], 0);
	/* Memory that can be written and run at the same time. */
	const uint64_t both = PROT_WRITE | PROT_EXEC;
	good &= !seccomp_rule_add(filter, no, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, both));
	good &= !seccomp_rule_add(filter, no, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, both));
	/* Sockets of the network and of this machine; AF_NETLINK asks which addresses there are. */
	good &= !seccomp_rule_add(filter, no, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));
	static const int other[] = { AF_AX25, AF_IPX, AF_APPLETALK, AF_NETROM, AF_BRIDGE, AF_ATMPVC, AF_X25, AF_ROSE, AF_DECnet,
				     AF_NETBEUI, AF_SECURITY, AF_KEY };
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		good &= !seccomp_rule_add(filter, no, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)other[i], 0));
	/* New threads yes, new processes no. clone3 hides what it is asked for: the C library then uses clone. */
	if (!CONFINE_RELAXED)
		good &= !seccomp_rule_add(filter, no, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	good &= !seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return good;
}

static void confine_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool good = filter && confine_rules(filter) && !seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	confine_add(good ? CONFINE_RELAXED ? "seccomp (but ptrace and processes: sanitizer build)" : "seccomp" : "no seccomp in this kernel");
}

void confine_begin(const char *directory)
{
	struct rlimit none = { 0, 0 };
	confine_words[0] = '\0';
	confine_add(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? "no_new_privs refused" : "no_new_privs");
	if (!CONFINE_RELAXED)
		confine_add(setrlimit(RLIMIT_CORE, &none) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) ? "core dumps not stopped" : "no core dumps");
	confine_files(directory);
	confine_calls();
}
