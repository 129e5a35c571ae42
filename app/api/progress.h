/* How far long downloads are, for the page that waits for them: a small board in memory, by person and by the word that the
   download was asked for with. Thread-safe. Another service of the same shop has its own: then nothing is known, and the page
   waits without a number. */
#ifndef YAOFANG_API_PROGRESS_H
#define YAOFANG_API_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct api;
struct board;

enum { PROGRESS_WORD_LONGEST = 64, PROGRESS_SHEET_LONGEST = 100 };

struct progress {
    char sheet[PROGRESS_SHEET_LONGEST]; /* being written */
    int64_t rows;                       /* of it so far */
    int64_t all;                        /* of all sheets so far */
};

struct board *board_open(void);
void board_close(struct board *board);
struct board *api_board(const struct api *api);

/* A place on the board, which is given up by board_done; -1 when it is full. */
int board_begin(struct board *board, int64_t user_id, const char *word);
void board_note(struct board *board, int place, const char *sheet, int64_t rows);
void board_done(struct board *board, int place);

/* False when nothing is under way by that word. */
bool board_find(struct board *board, int64_t user_id, const char *word, struct progress *progress);

#endif
