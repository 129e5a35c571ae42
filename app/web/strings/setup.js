// What the page says where a shop is set up. English, 简体中文, 繁體中文; the Chinese awaits a native reader.

export const setupStrings = {
    'setup.title': ['Shop set-up', '店铺设置', '店鋪設定'],
    'setup.lead': ['What the shop keeps, where it lies, from whom it comes and what it costs.', '本店经营什么、放在哪里、从何处进货、价格如何。', '本店經營什麼、放在哪裡、從何處進貨、價格如何。'],
    'setup.codes': ['Promo codes', '优惠码', '優惠碼'],
    'setup_about.codes': ['What each takes off, until when, and how often it was used.', '各码优惠多少、有效期与使用情况。', '各碼優惠多少、有效期與使用情況。'],
    'setup.tables_in': ['Tables coming in', '导入表格', '匯入表格'],
    'setup_about.tables_in': ['Items, patients, prices, deliveries and counts from a spreadsheet.', '从电子表格导入品目、患者、价格、到货与盘点。', '從試算表匯入品目、患者、價格、到貨與盤點。'],
};
