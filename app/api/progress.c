/* The board of downloads under way: as many places as there can be slow requests, and some. */
#include "api/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/internal.h"
#include "base/arena.h"

enum { PLACES = 64 };

struct waiting {
    bool taken;
    int64_t user_id;
    char word[PROGRESS_WORD_LONGEST + 1];
    struct progress now;
};

struct board {
    pthread_mutex_t mutex;
    struct waiting places[PLACES];
};

struct board *board_open(void)
{
    struct board *board = calloc(1, sizeof *board);

    if (board == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&board->mutex, NULL);
    return board;
}

void board_close(struct board *board)
{
    pthread_mutex_destroy(&board->mutex);
    free(board);
}

struct board *api_board(const struct api *api)
{
    return api->board;
}

int board_begin(struct board *board, int64_t user_id, const char *word)
{
    int place = 0;

    pthread_mutex_lock(&board->mutex);
    while (place < PLACES && board->places[place].taken)
        place++;
    if (place < PLACES) {
        board->places[place] = (struct waiting){ .taken = true, .user_id = user_id };
        (void)snprintf(board->places[place].word, sizeof board->places[place].word, "%s", word);
    }
    pthread_mutex_unlock(&board->mutex);
    return place < PLACES ? place : -1;
}

void board_note(struct board *board, int place, const char *sheet, int64_t rows)
{
    struct progress *now;

    if (place < 0)
        return;
    pthread_mutex_lock(&board->mutex);
    now = &board->places[place].now;
    if (strcmp(now->sheet, sheet) != 0)
        now->rows = 0;
    now->all += rows - now->rows;
    now->rows = rows;
    (void)snprintf(now->sheet, sizeof now->sheet, "%s", sheet);
    pthread_mutex_unlock(&board->mutex);
}

void board_done(struct board *board, int place)
{
    if (place < 0)
        return;
    pthread_mutex_lock(&board->mutex);
    board->places[place].taken = false;
    pthread_mutex_unlock(&board->mutex);
}

bool board_find(struct board *board, int64_t user_id, const char *word, struct progress *progress)
{
    bool found = false;

    pthread_mutex_lock(&board->mutex);
    for (int i = 0; i < PLACES && !found; i++) {
        const struct waiting *place = &board->places[i];

        found = place->taken && place->user_id == user_id && strcmp(place->word, word) == 0;
        if (found)
            *progress = place->now;
    }
    pthread_mutex_unlock(&board->mutex);
    return found;
}
