-- What the shop's labels must say, and which names of herbs they show.
SELECT label_profile, label_names FROM shops WHERE id = $1::bigint
