#include "command_draw.h"
#include "../base/arena.h"
#include "../court/bench.h"

#include <stdio.h>

int command_draw(int argc, char **argv)
{
	if (argc < 3 || !*argv[1]) {
		fputs("用法：microcourt draw 随机种子 候选人...（按公布名单的次序）\n"
		      "usage: microcourt draw SEED CANDIDATE... (in the order of the list)\n", stderr);
		return 2;
	}
	struct arena *mem = arena_begin();
	const char **candidate = arena_take(mem, (size_t)argc * sizeof *candidate);
	size_t count = 0;
	for (int i = 2; i < argc; i++)
		candidate[count++] = argv[i];
	puts(candidate[bench_pick(mem, argv[1], candidate, count)]);
	arena_end(mem);
	return 0;
}
