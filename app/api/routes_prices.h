/* How the shop sells, a part of routes.h, included there: price rules, the price list, fees, groups of customers, taxes, settings. What
   a price comes from is never rewritten: it ends, or goes out of use, and what was sold with it stands. */

READ_ROWS("/api/v1/price-rules", &q_price_rule_list, "shop ?id.int ?ended.bool", ROLE_ANY, "Price rules",
          "price_rule")
WRITE(POST, "/api/v1/price-rules", post_price_rule, FAST, ROLE_ADMIN | ROLE_STAFF, "Add a price rule",
      "price_rule_new", "price_rule")
WRITE(POST, "/api/v1/price-rules/:id/end", post_price_rule_end, FAST, ROLE_ADMIN | ROLE_STAFF,
      "End a price rule", NULL, "price_rule")
CALL(POST, "/api/v1/price-rules/dry-run", post_price_rule_dry_run, FAST, ROLE_ADMIN | ROLE_STAFF,
     "What a price rule would make of the items whose price it would make, or of the one of ?sku; nothing is "
     "stored",
     "price_rule_new", "price_list")
PARAMETERS(POST, "/api/v1/price-rules/dry-run", "?sku ?only ?limit.int")
CALL(GET, "/api/v1/prices", get_prices, FAST, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
     "The price list: what every item costs by the rules in force, what it costs the shop, and which rule "
     "made the price; ?only=by_rule, below_cost or unpriced",
     NULL, "price_list")
PARAMETERS(GET, "/api/v1/prices", "?q ?item_kind ?customer_group ?dosage_form ?only ?limit.int")
READ_ROWS("/api/v1/dosage-forms", &q_dosage_form_list, "?id", ROLE_ANY, "Dosage forms", "dosage_form")
READ_ROWS("/api/v1/fees", &q_fee_list, "shop ?id.int ?ended.bool", ROLE_ANY,
          "Fees beside the herbs of an order", "fee")
WRITE(POST, "/api/v1/fees", post_fee, FAST, ROLE_ADMIN | ROLE_STAFF, "Add a fee", "fee_new", "fee")
WRITE(POST, "/api/v1/fees/:id/end", post_fee_end, FAST, ROLE_ADMIN | ROLE_STAFF, "End a fee", NULL, "fee")
READ_ROWS("/api/v1/customer-groups", &q_customer_group_list, "shop ?group ?all.bool", ROLE_ANY,
          "Groups of customers; ?all=true: those out of use too", "customer_group")
WRITE(PUT, "/api/v1/customer-groups/:group", put_customer_group, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Add or name a group of customers", "customer_group_name", "customer_group")
WRITE(POST, "/api/v1/customer-groups/:group/retired", post_customer_group_retired, FAST,
      ROLE_ADMIN | ROLE_STAFF,
      "Take a group out of use, or back into it; refused while price rules hold for it", "retired",
      "customer_group")
READ_ROWS("/api/v1/tax-categories", &q_tax_category_list, "shop ?category ?all.bool", ROLE_ANY,
          "Tax categories; ?all=true: those out of use too", "tax_category")
WRITE(PUT, "/api/v1/tax-categories/:category", put_tax_category, FAST, ROLE_ADMIN,
      "Add or change a tax category", "tax_category_new", "tax_category")
WRITE(POST, "/api/v1/tax-categories/:category/retired", post_tax_category_retired, FAST, ROLE_ADMIN,
      "Take a tax category out of use, or back into it; refused while items, fees or price rules have it",
      "retired", "tax_category")
READ_ROW("/api/v1/sale-settings", &q_sale_settings_show, "shop", ROLE_ANY, "How the shop sells",
         "sale_settings")
WRITE(PUT, "/api/v1/sale-settings", put_sale_settings, FAST, ROLE_ADMIN, "Replace how the shop sells",
      "sale_settings", "sale_settings")
