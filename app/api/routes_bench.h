/* The bench's part of routes.h, included there: scales, printers, picking, identity, packets, spoons. */

READ_ROWS("/api/v1/scales", &q_scale_list, "shop ?code", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "The weighing scales of the bench", "scale")
READ_ROW("/api/v1/scales/:code", &q_scale_list, "shop :code.text", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
         "A scale", "scale")
WRITE(POST, "/api/v1/scales", post_scale, FAST, ROLE_ADMIN,
      "Enter a scale: where it is, its protocol, what it weighs and in which steps", "scale_new",
      "scale_made")
WRITE(POST, "/api/v1/scales/:code/removal", post_scale_removal, FAST, ROLE_ADMIN,
      "The scale is not used any more", NULL, NULL)
CALL(GET, "/api/v1/scales/:code/reading", get_scale_reading, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "What lies on the scale, once it is stable", NULL, "scale_reading")
WRITE(POST, "/api/v1/scales/:code/readings", post_scale_reading, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
      "Take a stable weight and keep it: a weighing may then name it", NULL, "scale_reading")
