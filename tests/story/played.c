#include "played.h"
bool played_start(struct stage_set *s){(void)s;return false;} void played_stop(struct stage_set *s){(void)s;} void played_clock(struct stage_set*s,int64_t a){(void)s;(void)a;}
struct outcome played_act(struct stage_set *s,const char*a,const char*c,const char*d,enum act x,const struct form*f){(void)s;(void)a;(void)c;(void)d;(void)x;(void)f;return (struct outcome){0};}
struct outcome played_pay(struct stage_set *s,const char*a,const char*c,const char*d,int64_t f){(void)s;(void)a;(void)c;(void)d;(void)f;return (struct outcome){0};}
struct outcome played_see(struct stage_set *s,const char*a,const char*c,const char*d){(void)s;(void)a;(void)c;(void)d;return (struct outcome){0};}
