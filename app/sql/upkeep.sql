-- Removes what is old of keys, sessions and rows of imports that were not taken, gives back the promo uses whose reservation is over, and
-- ends the reservations of lots that ran out a day ago; the functions decide which.
SELECT upkeep() + promo_release_expired() + import_let_go() + reservations_let_go() AS removed
