/* confine: the program gives up what it will never need, so that whoever gets into it finds
 * little to do. It may not gain privileges (no_new_privs), sees only the files named here
 * (landlock(7)), may not start programs, trace, mount, load or fork (seccomp(2)), and
 * leaves no core behind. What the kernel cannot do is not done, and said.
 *
 * A forbidden system call fails with EPERM instead of ending the program: a library that
 * tries something new must not close the court, and whoever can only make a call fail
 * must not be able to either. */
#ifndef MC_CONFINE_H
#define MC_CONFINE_H
#include <stdbool.h>

struct arena;

/* Becomes this user with its own group and no other; the directory becomes its own. False if it
 * cannot. Before any thread begins. */
bool confine_user(const char *name, const char *directory);

/* From here on; threads that begin later are confined too, so before any of them. */
void confine_begin(const char *directory);

/* What was done, in words for an operator: "no_new_privs, landlock 3, seccomp". */
const char *confine_report(void);

/* The address sanitizer of the test builds stops the program's threads with ptrace at the end: there
 * ptrace, its helper process and the core limit are left alone. */
bool confine_relaxed(void);

#endif
