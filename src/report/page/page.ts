import type { Report } from '../report.ts'

/** A report as one page of HTML that needs nothing else. */
export function renderPage(report: Report): string {
  return `<!doctype html><title>ML image: ${report.result}</title>\n`
}
