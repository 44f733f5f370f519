import type { job as english } from '../en/job.ts'

export const job: Record<keyof typeof english, string> = {
  jobId: 'ID',
  jobStatus: 'Estado',
  jobLabel: 'Etiqueta',
  jobType: 'Tipo de trabajo',
  startDate: 'Fecha de inicio',
  endDate: 'Fecha de fin',
  duration: 'Duración',
  table: 'Tabla',
  file: 'Archivo',
  fileSize: 'Tamaño',
  sha256: 'SHA-256',
  created: 'Creado',
  worker: 'Proceso',
  emptyLines: 'Líneas vacías',
  rerunOf: 'Repite el',
  record: 'Registro',
  line: 'Línea',
  code: 'Código',
  field: 'Campo',
  message: 'Mensaje',
}
