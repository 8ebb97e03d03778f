#include "mishap.h"

#include <errno.h>
#include <stdatomic.h>

static atomic_int mishap_left;

int mishap_after(int n)
{
	int left = atomic_exchange(&mishap_left, n);
	return left > 0 ? left : 0;
}

bool mishap_now(void)
{
	if (atomic_load_explicit(&mishap_left, memory_order_relaxed) <= 0 || atomic_fetch_sub(&mishap_left, 1) != 1)
		return false;
	errno = EIO;
	return true;
}
