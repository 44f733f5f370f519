import { plainWords } from './plain-words.ts'

/**
 * Names of columns that mean the same, in English and Spanish: one line for each meaning. Case,
 * accents, blanks, punctuation, usual abbreviations and small words do not matter. A name may have
 * several meanings.
 */
const MEANINGS = {
  // A number alone says not of what: it is no identifier.
  number: 'number',
  id: 'id, identifier, identificador, ident, clave, key',
  code: 'code, código, reference, referencia, sku',
  customer:
    'customer, customer id, customer no, client, client no, client id, cliente, id cliente, código cliente, número de cliente',
  supplier:
    'supplier, supplier id, supplier no, vendor, vendor id, vendor no, proveedor, prov, id proveedor, código proveedor, número de proveedor',
  employee:
    'employee, employee id, employee no, staff id, empleado, id empleado, código empleado, número de empleado, trabajador',
  order: 'order, order id, order no, pedido, id pedido, código pedido, número de pedido',
  invoice: 'invoice, invoice no, bill, factura, id factura, número de factura',
  product:
    'product, product id, product no, product code, item, item no, article, producto, id producto, código producto, número de producto, artículo, código artículo',
  name: 'name, full name, nombre, nombre completo, nombre y apellidos, razón social, denominación',
  firstName: 'first name, given name, forename, nombre, nombre de pila',
  lastName:
    'last name, surname, family name, apellido, apellidos, primer apellido, 1er apellido, apellido 1',
  secondLastName: 'second last name, second surname, segundo apellido, 2º apellido, apellido 2',
  company:
    'company, company name, organisation, organization, empresa, compañía, sociedad, razón social',
  taxId: 'tax id, tax number, vat id, vat number, nif, cif, número fiscal, número nif, número cif',
  personId:
    'national id, identity card, passport, dni, nie, documento, número dni, número nie, número documento, pasaporte, número pasaporte',
  email:
    'email, e-mail, mail, email address, correo, correo electrónico, dirección de correo, correo-e',
  phone: 'phone, phone number, telephone, teléfono, teléfono no, número de teléfono, teléfono fijo',
  mobile: 'mobile, mobile phone, cell, cell phone, móvil, teléfono móvil, número móvil, celular',
  fax: 'fax, fax number, telefax, número de fax',
  website: 'website, web, url, homepage, web site, página web, sitio web',
  address: 'address, street address, address line 1, dirección, domicilio, dirección postal',
  street: 'street, road, calle, vía, street address, dirección',
  houseNumber: 'house number, street number, número de calle, portal',
  postcode: 'postcode, post code, postal code, zip, zip code, código postal, cp',
  city: 'city, town, ciudad, localidad, población, municipio',
  province: 'province, county, provincia, prov',
  region: 'region, state, comunidad, comunidad autónoma, región, estado',
  country: 'country, country code, nation, país, código de país',
  birthDate:
    'birth date, date of birth, birthday, born, dob, fecha de nacimiento, nacimiento, nacido, fnac, fnacimiento',
  age: 'age, edad',
  gender: 'gender, sex, sexo, género',
  nationality: 'nationality, nacionalidad',
  language: 'language, lang, idioma, lengua',
  date: 'date, day, fecha, día',
  startDate:
    'start date, start, begin date, from, valid from, fecha de inicio, inicio, desde, válido desde',
  endDate: 'end date, end, until, to, valid to, fecha de fin, fin, hasta, válido hasta',
  createdAt:
    'created, created at, created on, creation date, creado, fecha de creación, fecha de alta, alta',
  updatedAt:
    'updated, updated at, modified, last modified, actualizado, modificado, fecha de modificación',
  dueDate: 'due date, due, expiry date, vencimiento, fecha de vencimiento, caducidad',
  amount: 'amount, sum, importe, imp, monto, cantidad a pagar',
  total: 'total, total amount, grand total, importe total',
  price: 'price, unit price, precio, precio unitario, pvp, tarifa',
  cost: 'cost, coste, costo',
  quantity: 'quantity, qty, units, cantidad, unidades',
  stock: 'stock, inventory, on hand, existencias, inventario',
  discount: 'discount, rebate, descuento',
  tax: 'tax, vat, impuesto, imp, iva',
  currency: 'currency, currency code, moneda, divisa',
  balance: 'balance, saldo',
  salary: 'salary, wage, pay, salario, sueldo, nómina',
  iban: 'iban, bank account, account number, cuenta bancaria, número de cuenta, ccc',
  description: 'description, details, descripción, detalle, concepto',
  notes:
    'notes, note, comments, comment, remarks, notas, nota, comentarios, comentario, observaciones',
  title: 'title, título',
  type: 'type, kind, tipo, clase',
  category: 'category, group, categoría, familia, grupo',
  brand: 'brand, make, marca',
  model: 'model, modelo',
  colour: 'colour, color',
  size: 'size, talla, tamaño',
  weight: 'weight, peso',
  status: 'status, state, estado, situación',
  active: 'active, enabled, activo, habilitado, vigente',
  department: 'department, dept, departamento, sección',
  position: 'position, job title, role, cargo, puesto',
  user: 'user, user name, login, usuario, nombre de usuario',
} as const

const meaningsByName = new Map<string, string[]>()
for (const [meaning, names] of Object.entries(MEANINGS)) {
  for (const name of new Set(names.split(',').map(plain))) {
    meaningsByName.set(name, [...(meaningsByName.get(name) ?? []), meaning])
  }
}

/**
 * What a name of a column or a field may mean; nothing for one that is not known. Of names with a
 * stroke between them, as in "NIF/CIF", it may be any.
 */
export function meaningsOf(name: string): readonly string[] {
  const known = meaningsByName.get(plain(name))
  if (known !== undefined) return known
  const parts = name.split('/')
  return parts.length === 1 ? [] : [...new Set(parts.flatMap((part) => meaningsOf(part)))]
}

const IDENTIFYING: ReadonlySet<string> = new Set(['id', 'numero', 'codigo', 'code'])

/** Whether a column numbers what a table lists: "Nº cliente" the rows of `customers`. */
export function isNumberOf(name: string, table: string): boolean {
  const words = plainWords(name)
  const noun = words.filter((word) => !IDENTIFYING.has(word)).join('')
  if (noun === '' || noun.length === words.join('').length) return false
  const listed = plainWords(table.slice(table.lastIndexOf('.') + 1)).join('')
  return [listed, listed.replace(/s$/, ''), listed.replace(/es$/, '')].some(
    (one) => one === noun || meaningsOf(one).some((meaning) => meaningsOf(noun).includes(meaning)),
  )
}

function plain(name: string): string {
  return plainWords(name).join('')
}
