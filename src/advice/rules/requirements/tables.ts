/** Names on PyPI that are not what they say, and the one that is meant; each fails or installs something else. */
export const misnamed: Readonly<Record<string, Readonly<{ meant: string; what: string }>>> = {
  sklearn: { meant: 'scikit-learn', what: 'a package without code, whose installation fails since 2023' },
  pytorch: { meant: 'torch', what: 'a package without code, whose installation fails' },
  'tensorflow-gpu': { meant: 'tensorflow', what: 'no longer published: its installation fails since 2.12' },
  opencv: { meant: 'opencv-python-headless', what: 'not there' },
  cv2: { meant: 'opencv-python-headless', what: 'the name of the module, and no package' },
  pil: { meant: 'pillow', what: 'dead since 2009' },
  skimage: { meant: 'scikit-image', what: 'the name of the module, and another package' },
  yaml: { meant: 'pyyaml', what: 'the name of the module, and no package' },
  dotenv: { meant: 'python-dotenv', what: 'another package, whose installation fails' },
}

/** What tests and their authors need. */
const testTools = new Set([
  ...['pytest', 'tox', 'nox', 'coverage', 'hypothesis', 'mock', 'moto', 'responses', 'respx', 'faker', 'factory-boy', 'locust', 'nose'],
  ...['black', 'ruff', 'flake8', 'pylint', 'pycodestyle', 'isort', 'mypy', 'pyright', 'bandit', 'autopep8', 'yapf', 'pre-commit'],
  ...['pip-tools', 'ipdb', 'pudb', 'twine', 'bumpversion', 'commitizen', 'sphinx', 'mkdocs', 'mkdocs-material'],
])
export const isTestTool = (name: string): boolean => testTools.has(name) || name.startsWith('pytest-') || name.startsWith('types-')

/** What people look at data and models with, and the modules that they import of it. */
export const deskTools: Readonly<Record<string, readonly string[]>> = {
  jupyter: [],
  jupyterlab: [],
  notebook: [],
  ipykernel: [],
  ipywidgets: ['ipywidgets'],
  ipython: ['IPython'],
  nbconvert: ['nbconvert'],
  'jupyter-client': ['jupyter_client'],
  matplotlib: ['matplotlib', 'pylab', 'mpl_toolkits'],
  seaborn: ['seaborn'],
  plotly: ['plotly'],
  bokeh: ['bokeh'],
  tensorboard: ['tensorboard'],
  tensorboardx: ['tensorboardX'],
  wandb: ['wandb'],
  dvc: ['dvc'],
  kaggle: ['kaggle'],
  optuna: ['optuna'],
  'pandas-profiling': ['pandas_profiling'],
  'ydata-profiling': ['ydata_profiling'],
}

/** opencv with windows, and the same without. */
export const withWindows = /^(opencv-(?:contrib-)?python)$/
