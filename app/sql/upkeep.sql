-- Removes what is old of keys and sessions, and gives back the promo uses whose reservation is over; the functions decide which.
SELECT upkeep() + promo_release_expired() AS removed
