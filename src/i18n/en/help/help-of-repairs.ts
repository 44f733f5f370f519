/** The texts of `tallyman jobs repair --help`. */
export const helpOfRepairs = {
  repair: 'a linked job of the records of a corrected reject file that fit, run here and now',
  correctedFile: 'the file that "jobs rejects ID --export FILE" wrote, corrected, with its columns',
  overwrite:
    'also the records that change a row which the table has already, perhaps written by a later record, or that somebody else corrected otherwise on the page',
  repairExamples: `
Example:
  $ tallyman jobs rejects 1 --export rejects.csv
  $ tallyman jobs repair 1 rejects.csv

A record that does not fit yet is kept as corrected, and is open still. So is one that would change a
row that the table has already: a later record of the file, or another job, may have written it; and one that
somebody else corrected otherwise on the page.`,
}
