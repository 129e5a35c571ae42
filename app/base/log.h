/* Log lines on standard error in logfmt. Only the edges (commands, HTTP) log; core never does. */
#ifndef YAOFANG_BASE_LOG_H
#define YAOFANG_BASE_LOG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);

/* "error", "warning", "info", "debug". */
bool log_level_parse(const char *word, enum log_level *level);

/* One line: time, level, then the text, which is written as key=value pairs by the caller:
   log_line(LOG_INFO, "event=listening address=%s", address). Control characters are escaped. */
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* The text in quotation marks, its own ones and backslashes escaped: for a value that others may have written. */
const char *log_quoted(struct arena *arena, const char *text);

#endif
