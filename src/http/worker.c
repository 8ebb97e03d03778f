#include "worker.h"
#include "../base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <sys/resource.h>

struct worker_crew {
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct worker_task *first, **last;
	size_t waiting, most;
	bool stopped;
	pthread_t *thread;
	int threads, nice;
};

static void *worker_run(void *what)
{
	struct worker_crew *crew = what;
	/* On Linux this is the thread's own. */
	if (crew->nice)
		(void)setpriority(PRIO_PROCESS, 0, crew->nice);
	pthread_mutex_lock(&crew->lock);
	for (;;) {
		while (!crew->first && !crew->stopped)
			pthread_cond_wait(&crew->some, &crew->lock);
		struct worker_task *task = crew->first;
		if (!task)
			break;
		crew->first = task->next;
		if (!crew->first)
			crew->last = &crew->first;
		crew->waiting--;
		pthread_mutex_unlock(&crew->lock);
		task->work(task->what);
		pthread_mutex_lock(&crew->lock);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

static void worker_end(void *crew) { worker_stop(crew); }

struct worker_crew *worker_begin(struct arena *mem, int threads, size_t most_waiting, int nice)
{
	struct worker_crew *crew = arena_take(mem, sizeof *crew);
	assert(threads > 0);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->some, NULL);
	crew->last = &crew->first;
	crew->most = most_waiting;
	crew->nice = nice;
	crew->thread = arena_take(mem, (size_t)threads * sizeof *crew->thread);
	for (; crew->threads < threads; crew->threads++) {
		int failed = pthread_create(&crew->thread[crew->threads], NULL, worker_run, crew);
		assert(!failed);
	}
	arena_closer(mem, worker_end, crew);
	return crew;
}

bool worker_give(struct worker_crew *crew, struct worker_task *task)
{
	pthread_mutex_lock(&crew->lock);
	bool taken = crew->waiting < crew->most && !crew->stopped;
	if (taken) {
		task->next = NULL;
		*crew->last = task;
		crew->last = &task->next;
		crew->waiting++;
		pthread_cond_signal(&crew->some);
	}
	pthread_mutex_unlock(&crew->lock);
	return taken;
}

void worker_stop(struct worker_crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	bool first = !crew->stopped;
	crew->stopped = true;
	pthread_cond_broadcast(&crew->some);
	pthread_mutex_unlock(&crew->lock);
	for (int i = 0; first && i < crew->threads; i++)
		pthread_join(crew->thread[i], NULL);
}
