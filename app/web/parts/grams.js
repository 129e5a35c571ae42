// Weights as people at the bench type and read them: grams in, whole milligrams out, nothing rounded on the way.

const TYPED = /^(\d{1,6})(?:[.,](\d{1,6}))?\s*(mg|毫克|g|gr|克|公克|kg|公斤|千克)?$/iu;
const PLACES = { mg: 0, 毫克: 0, kg: 6, 公斤: 6, 千克: 6 }; // after the point, as milligrams; grams: 3

// "12.5", "12,5 g", "500 mg", "1.25 kg" → milligrams; null when the text is no weight.
export function milligrams(text) {
    const found = TYPED.exec(text.trim());
    if (!found) return null;
    const [, whole, part = '', unit = 'g'] = found;
    const places = PLACES[unit.toLowerCase()] ?? 3;
    return part.length > places ? null : Number(whole + part.padEnd(places, '0'));
}

// "12.5 g": every milligram shown, none invented.
export function gramsText(mg) {
    const part = String(mg % 1000).padStart(3, '0').replace(/0+$/, '');
    return `${Math.trunc(mg / 1000)}${part && `.${part}`} g`;
}

// A ready-made product is counted: where a row's unit is each, its amounts are pieces.
export const isCounted = (row) => row.unit === 'each';

export function amountText(row, amount) {
    return isCounted(row) ? `× ${amount}` : gramsText(amount);
}

// What a weight of `planned` may be, as the service reckons it: [least, most].
export function bandOf(planned, permille) {
    const off = Math.floor((planned * permille) / 1000);
    return [planned - off, planned + off];
}

export const isWithin = (mg, planned, permille) => Math.abs(mg - planned) * 1000 <= planned * permille;
