-- Removes what is old of keys, sessions and rows of imports that were not taken, and gives back the promo uses whose reservation is over; the functions decide which.
SELECT upkeep() + promo_release_expired() + import_let_go() AS removed
