/** Packages of PyPI that are imported by another name. */
const packages: Readonly<Record<string, string>> = {
  cv2: 'opencv-python-headless',
  sklearn: 'scikit-learn',
  skimage: 'scikit-image',
  PIL: 'pillow',
  yaml: 'pyyaml',
  dotenv: 'python-dotenv',
  multipart: 'python-multipart',
  jose: 'python-jose',
  jwt: 'pyjwt',
  bs4: 'beautifulsoup4',
  dateutil: 'python-dateutil',
  attr: 'attrs',
  google: 'protobuf',
  pkg_resources: 'setuptools<81',
  distutils: 'setuptools',
  MySQLdb: 'mysqlclient',
  psycopg2: 'psycopg2-binary',
  faiss: 'faiss-cpu',
  sentence_transformers: 'sentence-transformers',
  prometheus_client: 'prometheus-client',
  pydantic_settings: 'pydantic-settings',
}

export const packageOf = (module: string): string => packages[module] ?? module.replaceAll('_', '-')

/** What projects call their own modules. */
const ownNames =
  /^(app|src|main|server|api|model|models|utils?|helpers?|config|settings|core|lib|common|schemas?|services?|routes?|routers?|predict(or|ion)?|inference|train(ing)?|features?|preprocess(ing|or)?|pipelines?|data|database|db|constants|ml|backend|code)$/

/** Whether a module that is missing is one of the project and not a package. */
export function isOwnModule(module: string, command: readonly string[]): boolean {
  const [top = ''] = module.split('.')
  const started = command.join(' ').match(/\b([A-Za-z_]\w*)(?=[.\w]*:[A-Za-z_]\w*)/)?.[1]
  return ownNames.test(top) || top === started
}

/** Packages of Debian and Ubuntu by the library they bring. */
const libraries: Readonly<Record<string, string>> = {
  'libGL.so.1': 'libgl1',
  'libgomp.so.1': 'libgomp1',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgthread-2.0.so.0': 'libglib2.0-0',
  'libsndfile.so.1': 'libsndfile1',
  'libSM.so.6': 'libsm6',
  'libXext.so.6': 'libxext6',
  'libXrender.so.1': 'libxrender1',
  'libpq.so.5': 'libpq5',
  'libmagic.so.1': 'libmagic1',
  'libmariadb.so.3': 'libmariadb3',
  'libopenblas.so.0': 'libopenblas0',
  'libquadmath.so.0': 'libquadmath0',
  'libgfortran.so.5': 'libgfortran5',
  'libstdc++.so.6': 'libstdc++6',
  'libgdal.so.32': 'libgdal32',
  'libxml2.so.2': 'libxml2',
}

/** The package that has a library, by the rule of Debian's names where it is not a known one. */
export function libraryPackage(library: string): string {
  const known = libraries[library]
  if (known) return known
  const [, name = library, version = ''] = /^(lib.+?)\.so(?:\.(\d+))?/.exec(library) ?? []
  return `${name.toLowerCase()}${version}`
}
