// Why a price or a promo code is as it is: a row for every word of app/core/reason.h, with the same places. English, 简体中文, 繁體中文;
// the Chinese awaits a native reader.

export const whyStrings = {
    // How a price came about
    'why.own_price': ['own price', '商品自身价格', '商品自身價格'],
    'why.own_prices': ['own prices', '各按自身价格', '各按自身價格'],
    'why.fee': ['fee', '费用', '費用'],
    'why.several_rules': ['by several rules, herb by herb', '各药按不同规则计价', '各藥按不同規則計價'],
    'why.rule_fixed': ['fixed price: rule {id}, {rule}', '固定价：规则 {id}，{rule}', '固定價：規則 {id}，{rule}'],
    'why.rule_per_gram': ['by the gram: rule {id}, {rule}', '按克计价：规则 {id}，{rule}', '按克計價：規則 {id}，{rule}'],
    'why.rule_markup': ['cost and a markup: rule {id}, {rule}', '成本加成：规则 {id}，{rule}', '成本加成：規則 {id}，{rule}'],
    'why.rule_off': ['less than the own price: rule {id}, {rule}', '按自身价格打折：规则 {id}，{rule}', '按自身價格打折：規則 {id}，{rule}'],
    'why.in_product_above': ['in the product above', '已含于上列成药', '已含於上列成藥'],
    'why.not_kept': ['the shop keeps none in this form', '本店无此剂型', '本店無此劑型'],
    'why.content_not_known': ['is in a ready-made product whose content a piece is not on file', '含于成药，但未登记每件含量', '含於成藥，但未登記每件含量'],
    'why.weighs_nothing': ['comes to nothing that can be weighed', '折算后不足可称之量', '折算後不足可稱之量'],
    'why.no_price': ['has no price: neither the item nor a price rule gives one', '无价格：商品与计价规则均未定价', '無價格：商品與計價規則均未定價'],

    // What a promo code does, or why not
    'why.ended': ['was ended', '已停用', '已停用'],
    'why.begins_on': ['begins on {starts}', '{starts} 起可用', '{starts} 起可用'],
    'why.ended_on': ['ended on {ends}', '已于 {ends} 到期', '已於 {ends} 到期'],
    'why.who_is_customer': ['is limited per customer: say who the customer is', '限每位顾客使用次数：请填写顾客', '限每位顧客使用次數：請填寫顧客'],
    'why.used_up': ['has been used as often as it may be', '使用次数已满', '使用次數已滿'],
    'why.used_up_by_customer': ['has been used by this customer as often as it may be', '该顾客使用次数已满', '該顧客使用次數已滿'],
    'why.does_not_combine': ['does not combine with {code}', '不可与 {code} 同用', '不可與 {code} 同用'],
    'why.touches_no_line': ['touches no line of this ticket', '不适用于此单任何一行', '不適用於此單任何一行'],
    'why.below_minimum': ['begins at {minimum}, and what it is for comes to {sum}', '满 {minimum} 起用，适用商品合计 {sum}', '滿 {minimum} 起用，適用商品合計 {sum}'],
    'why.takes_nothing': ['takes nothing off any line', '各行均无可减', '各行均無可減'],
    'why.takes': ['{off} off', '减 {off}', '減 {off}'],
    'why.code_itself': ['the code {why}', '优惠码：{why}', '優惠碼：{why}'],
    'why.left_out': ['left out: {words}', '不含此类：{words}', '不含此類：{words}'],
    'why.not_among': ['not among {words}', '不在所限范围内：{words}', '不在所限範圍內：{words}'],
    'why.restricted': ['never on restricted goods ({restriction})', '不适用于限制商品（{restriction}）', '不適用於限制商品（{restriction}）'],
    'why.restricted_herb': ['never on restricted goods ({herb}: {restriction})', '不适用于限制商品（{herb}：{restriction}）', '不適用於限制商品（{herb}：{restriction}）'],
    'why.cost_not_known': ['its cost is not known, so it might go below cost', '成本不明，可能低于成本', '成本不明，可能低於成本'],
    'why.costs_nothing': ['costs nothing', '价格为零', '價格為零'],
    'why.at_cost': ['stands at or below cost', '已等于或低于成本', '已等於或低於成本'],
    'why.stopped_at_cost': ['{off} off: more would go below cost', '减 {off}：再减将低于成本', '減 {off}：再減將低於成本'],
    'why.percent_of': ['{percent} of {before}: {off} off', '{before} 的 {percent}：减 {off}', '{before} 的 {percent}：減 {off}'],
    'why.share_of': ['its share of {amount}: {off} off', '分摊 {amount}：减 {off}', '分攤 {amount}：減 {off}'],

    // How a use of a code came to its end
    'promo_end.expired': ['the quote ran out', '报价已过期', '報價已過期'],
    'promo_end.the ticket was changed': ['the ticket was changed', '销售单已更改', '銷售單已更改'],
    'promo_end.the ticket was quoted again': ['the ticket was quoted again', '已重新计价', '已重新計價'],
    'promo_end.refund': ['refunded', '已退款', '已退款'],
    'promo_end.void': ['the sale was undone', '整单作废', '整單作廢'],

    // What makes goods restricted
    'restriction.slightly toxic': ['slightly toxic', '有小毒', '有小毒'],
    'restriction.toxic': ['toxic', '有毒', '有毒'],
    'restriction.very toxic': ['very toxic', '有大毒', '有大毒'],
    'restriction.restricted': ['restricted', '限制使用', '限制使用'],
    'restriction.banned': ['banned', '禁用', '禁用'],
    'restriction.restricted or on prescription only': ['restricted or on prescription only', '限制使用或凭处方', '限制使用或憑處方'],
};
