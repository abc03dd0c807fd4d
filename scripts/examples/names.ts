/** What the shop sells; prices in euros. */
export const products = [
  ['mug-blue', 'Mug, blue', 12.5],
  ['mug-white', 'Mug, white', 11.9],
  ['teapot', 'Teapot, 1.2 l', 39],
  ['kettle', 'Kettle, steel', 59.9],
  ['grinder', 'Coffee grinder', 74.95],
  ['dripper', 'Coffee dripper', 21.5],
  ['filters', 'Paper filters, 100', 4.2],
  ['beans-house', 'House blend, 1 kg', 18.9],
  ['beans-decaf', 'Decaf, 500 g', 11.4],
  ['tea-assam', 'Assam, 250 g', 9.8],
  ['tea-sencha', 'Sencha, 100 g', 12.3],
  ['honey', 'Heather honey, 500 g', 8.75],
  ['tray', 'Oak tray', 34.6],
  ['spoons', 'Tea spoons, 6', 16],
  ['scale', 'Scale, 0.1 g', 44.9],
  ['thermos', 'Thermos flask, 750 ml', 32.8],
].map(([sku, name, price]) => ({ sku: String(sku), name: String(name), price: Number(price) }));

const first = ['Aino', 'Bram', 'Chiara', 'Dmitri', 'Elif', 'Finn', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Katja', 'Luca', 'Maren', 'Nils', 'Olga', 'Pau'];
const last = ['Virtanen', 'de Vries', 'Ricci', 'Sokolov', 'Yılmaz', 'O’Brien', 'Lindqvist', 'Moreau', 'Carvalho', 'Weber'];
const countries = ['FI', 'NL', 'IT', 'LV', 'DE', 'IE', 'SE', 'FR', 'PT', 'AT'];

/** Customers of both the shop and the bank. */
export const people = Array.from({ length: 48 }, (_, i) => ({
  id: `cust-${101 + i}`,
  name: `${first[i % first.length]} ${last[(i * 7 + Math.floor(i / 16)) % last.length]}`,
  country: countries[(i * 7 + Math.floor(i / 16)) % countries.length] ?? 'DE',
}));
