/**
 * Names of columns that mean the same, in English and Spanish: one line for each meaning. Case,
 * accents, blanks and punctuation do not matter. A name may have several meanings.
 */
const MEANINGS = {
  id: 'id, identifier, identificador, ident, clave, key',
  code: 'code, código, cód, ref, reference, referencia, sku',
  customer:
    'customer, customer id, customer no, customer number, client, client id, cliente, id cliente, código cliente, nº cliente, número de cliente',
  supplier: 'supplier, supplier id, vendor, vendor id, proveedor, id proveedor, código proveedor',
  employee: 'employee, employee id, staff id, empleado, id empleado, trabajador',
  order: 'order, order id, order no, order number, pedido, id pedido, nº pedido, número de pedido',
  invoice: 'invoice, invoice no, invoice number, bill, factura, nº factura, número de factura',
  product: 'product, product id, item, article, producto, id producto, artículo',
  name: 'name, full name, nombre, nombre completo, nombre y apellidos, razón social, denominación',
  firstName: 'first name, given name, forename, nombre, nombre de pila',
  lastName: 'last name, surname, family name, apellido, apellidos, primer apellido, apellido 1',
  secondLastName: 'second last name, second surname, segundo apellido, apellido 2',
  company:
    'company, company name, organisation, organization, empresa, compañía, sociedad, razón social',
  taxId: 'tax id, tax number, vat id, vat number, nif, cif, nif/cif, número fiscal',
  personId: 'national id, identity card, passport, dni, nie, dni/nie, documento, pasaporte',
  email:
    'email, e-mail, mail, email address, correo, correo electrónico, dirección de correo, correo-e',
  phone: 'phone, phone number, telephone, tel, tel no, teléfono, tfno, tlf, número de teléfono',
  mobile: 'mobile, mobile phone, cell, cell phone, móvil, teléfono móvil, celular',
  fax: 'fax, fax number, telefax, número de fax',
  website: 'website, web, url, homepage, web site, página web, sitio web',
  address: 'address, street address, address line 1, dirección, domicilio, dirección postal',
  street: 'street, road, calle, vía, street address, dirección',
  houseNumber: 'house number, street number, número de calle, nº de calle, portal',
  postcode: 'postcode, post code, postal code, zip, zip code, código postal, cp, cód postal',
  city: 'city, town, ciudad, localidad, población, municipio',
  province: 'province, county, provincia',
  region: 'region, state, comunidad, comunidad autónoma, región, estado',
  country: 'country, country code, nation, país, código de país',
  birthDate:
    'birth date, date of birth, birthday, born, dob, fecha de nacimiento, fecha nacimiento, nacimiento, nacido, f nacimiento, fnac',
  age: 'age, edad',
  gender: 'gender, sex, sexo, género',
  nationality: 'nationality, nacionalidad',
  language: 'language, lang, idioma, lengua',
  date: 'date, day, fecha, día',
  startDate:
    'start date, start, begin date, from, valid from, fecha de inicio, fecha inicio, inicio, desde, válido desde',
  endDate: 'end date, end, until, to, valid to, fecha de fin, fecha fin, fin, hasta, válido hasta',
  createdAt:
    'created, created at, created on, creation date, creado, fecha de creación, fecha de alta, fecha alta, alta',
  updatedAt:
    'updated, updated at, modified, last modified, actualizado, modificado, fecha de modificación',
  dueDate: 'due date, due, expiry date, vencimiento, fecha de vencimiento, caducidad',
  amount: 'amount, sum, importe, monto, cantidad a pagar',
  total: 'total, total amount, grand total, importe total',
  price: 'price, unit price, precio, precio unitario, pvp, tarifa',
  cost: 'cost, coste, costo',
  quantity: 'quantity, qty, units, cantidad, unidades, uds, cant',
  stock: 'stock, inventory, on hand, existencias, inventario',
  discount: 'discount, rebate, descuento, dto',
  tax: 'tax, vat, impuesto, iva',
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

/** What a name of a column or a field may mean; nothing for one that is not known. */
export function meaningsOf(name: string): readonly string[] {
  return meaningsByName.get(plain(name)) ?? []
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
