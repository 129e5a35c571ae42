-- Takes every entry not sealed yet into the shop's chain.
SELECT audit_seal($1) AS sealed
