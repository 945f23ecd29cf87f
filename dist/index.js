#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 44158:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


/**
 * @license
 * Copyright 2020 Balena Ltd.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *    http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 *
 * ------------------------------------------------------------------------
 *
 * Copyright 2018 Zeit, Inc.
 * Licensed under the MIT License. See file LICENSE.md for a full copy.
 *
 * ------------------------------------------------------------------------
 */

/**
 * This module implements the [dockerignore
 * spec](https://docs.docker.com/engine/reference/builder/#dockerignore-file),
 * closely following Docker's (Moby) Golang implementation:
 * https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/archive/archive.go#L825
 *
 * Something the spec is not clear about, but we discovered by reading source code
 * and testing against the "docker build" command, is the handling of backslashes and
 * forward slashes as path separators and escape characters in the .dockerignore file
 * across platforms including Windows, Linux and macOS:
 *
 * * On Linux and macOS, only forward slashes can be used as path separators in the
 *   .dockerignore file, and the backslash works as an escape character.
 * * On Windows, both forward slashes and backslashes are allowed as path separators
 *   in the .dockerignore file, and the backslash is not used as an escape character.
 *
 * This is consistent with how Windows works generally: both forward slashes and
 * backslashes are accepted as path separators by the cmd.exe Command Prompt or
 * PowerShell, and by library functions like the Golang filepath.Clean or the
 * Node.js path.normalize.
 *
 * Similarly, path strings provided to the IgnoreBase.ignores() and IgnoreBase.filter()
 * methods can use either forward slashes or backslashes as path separators on Windows,
 * but only forward slashes are accepted as path separators on Linux and macOS.
 */

const path = __nccwpck_require__(16928);

const factory = options => new IgnoreBase(options); // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L538-L539
// Fixes typescript module import


factory.default = factory;
module.exports = factory;

function make_array(subject) {
  return Array.isArray(subject) ? subject : [subject];
}

const REGEX_TRAILING_SLASH = /(?<=.)\/$/;
const REGEX_TRAILING_BACKSLASH = /(?<=.)\\$/;
const REGEX_TRAILING_PATH_SEP = path.sep === '\\' ? REGEX_TRAILING_BACKSLASH : REGEX_TRAILING_SLASH;
const KEY_IGNORE = typeof Symbol !== 'undefined' ? Symbol.for('dockerignore') : 'dockerignore'; // An implementation of Go's filepath.Clean
// https://golang.org/pkg/path/filepath/#Clean
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Note that, like Go, on Windows this function converts forward slashes
// to backslashes.

function cleanPath(file) {
  return path.normalize(file).replace(REGEX_TRAILING_PATH_SEP, '');
} // Javascript port of Golang's filepath.ToSlash
// https://golang.org/pkg/path/filepath/#ToSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Convert any OS-specific path separator to '/'. Backslash is converted
// to forward slash on Windows, but not on Linux/macOS.
// Note that both forward slashes and backslashes are valid path separators on
// Windows. As a result, code such as `pattern.split(path.sep).join('/')` fails
// on Windows when forward slashes are used as path separators.


function toSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\\/g, '/');
} // Javascript port of Golang's filepath.FromSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go


function fromSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\//g, path.sep);
}

class IgnoreBase {
  constructor({
    // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L372
    ignorecase = true
  } = {}) {
    this._rules = [];
    this._ignorecase = ignorecase;
    this[KEY_IGNORE] = true;

    this._initCache();
  }

  _initCache() {
    this._cache = {};
  } // @param {Array.<string>|string|Ignore} pattern


  add(pattern) {
    this._added = false;

    if (typeof pattern === 'string') {
      pattern = pattern.split(/\r?\n/g);
    }

    make_array(pattern).forEach(this._addPattern, this); // Some rules have just added to the ignore,
    // making the behavior changed.

    if (this._added) {
      this._initCache();
    }

    return this;
  } // legacy


  addPattern(pattern) {
    return this.add(pattern);
  }

  _addPattern(pattern) {
    // https://github.com/kaelzhang/node-ignore/issues/32
    if (pattern && pattern[KEY_IGNORE]) {
      this._rules = this._rules.concat(pattern._rules);
      this._added = true;
      return;
    }

    if (this._checkPattern(pattern)) {
      const rule = this._createRule(pattern.trim());

      if (rule !== null) {
        this._added = true;

        this._rules.push(rule);
      }
    }
  }

  _checkPattern(pattern) {
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L34-L40
    return pattern && typeof pattern === 'string' && pattern.indexOf('#') !== 0 && pattern.trim() !== "";
  }

  filter(paths) {
    return make_array(paths).filter(path => this._filter(path));
  }

  createFilter() {
    return path => this._filter(path);
  }

  ignores(path) {
    return !this._filter(path);
  } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L41-L53
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L29-L55


  _createRule(pattern) {
    const origin = pattern;
    let negative = false; // > An optional prefix "!" which negates the pattern;
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L43-L46

    if (pattern[0] === '!') {
      negative = true;
      pattern = pattern.substring(1).trim();
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L47-L53


    if (pattern.length > 0) {
      pattern = cleanPath(pattern);
      pattern = toSlash(pattern);

      if (pattern.length > 1 && pattern[0] === '/') {
        pattern = pattern.slice(1);
      }
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L54-L55


    if (negative) {
      pattern = '!' + pattern;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L30


    pattern = pattern.trim();

    if (pattern === "") {
      return null;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L34
    // convert forward slashes to backslashes on Windows


    pattern = cleanPath(pattern); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L36-L42

    if (pattern[0] === '!') {
      if (pattern.length === 1) {
        return null;
      }

      negative = true;
      pattern = pattern.substring(1);
    } else {
      negative = false;
    }

    return {
      origin,
      pattern,
      // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L54
      dirs: pattern.split(path.sep),
      negative
    };
  } // @returns `Boolean` true if the `path` is NOT ignored


  _filter(path) {
    if (!path) {
      return false;
    }

    if (path in this._cache) {
      return this._cache[path];
    }

    return this._cache[path] = this._test(path);
  } // @returns {Boolean} true if a file is NOT ignored
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L62


  _test(file) {
    file = fromSlash(file); // equivalent to golang filepath.Dir() https://golang.org/src/path/filepath/path.go

    const parentPath = cleanPath(path.dirname(file));
    const parentPathDirs = parentPath.split(path.sep);
    let matched = false;

    this._rules.forEach(rule => {
      let match = this._match(file, rule); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L80


      if (!match && parentPath !== ".") {
        // Check to see if the pattern matches one of our parent dirs.
        if (rule.dirs.includes('**')) {
          // Ah shucks! We have to test every possible parent path that has 
          // a number of dirs _n_ where 
          // `rule.dirs.filter(doubleStar).length <= _n_ <= parentPathDirs.length`
          // since the ** can imply any number of directories including 0
          for (let i = rule.dirs.filter(x => x !== '**').length; i <= parentPathDirs.length; i++) {
            match = match || this._match(parentPathDirs.slice(0, i).join(path.sep), rule);
          }
        } else if (rule.dirs.length <= parentPathDirs.length) {
          // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L83
          match = this._match(parentPathDirs.slice(0, rule.dirs.length).join(path.sep), rule);
        }
      }

      if (match) {
        matched = !rule.negative;
      }
    });

    return !matched;
  } // @returns {Boolean} true if a file is matched by a rule


  _match(file, rule) {
    return this._compile(rule).regexp.test(file);
  } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L139


  _compile(rule) {
    if (rule.regexp) {
      return rule;
    }

    let regStr = '^'; // Go through the pattern and convert it to a regexp.

    let escapedSlash = path.sep === '\\' ? '\\\\' : path.sep;

    for (let i = 0; i < rule.pattern.length; i++) {
      const ch = rule.pattern[i];

      if (ch === '*') {
        if (rule.pattern[i + 1] === '*') {
          // is some flavor of "**"
          i++; // Treat **/ as ** so eat the "/"

          if (rule.pattern[i + 1] === path.sep) {
            i++;
          }

          if (rule.pattern[i + 1] === undefined) {
            // is "**EOF" - to align with .gitignore just accept all
            regStr += ".*";
          } else {
            // is "**"
            // Note that this allows for any # of /'s (even 0) because
            // the .* will eat everything, even /'s
            regStr += `(.*${escapedSlash})?`;
          }
        } else {
          // is "*" so map it to anything but "/"
          regStr += `[^${escapedSlash}]*`;
        }
      } else if (ch === '?') {
        // "?" is any char except "/"
        regStr += `[^${escapedSlash}]`;
      } else if (ch === '.' || ch === '$') {
        // Escape some regexp special chars that have no meaning
        // in golang's filepath.Match
        regStr += `\\${ch}`;
      } else if (ch === '\\') {
        // escape next char. Note that a trailing \ in the pattern
        // will be left alone (but need to escape it)
        if (path.sep === '\\') {
          // On windows map "\" to "\\", meaning an escaped backslash,
          // and then just continue because filepath.Match on
          // Windows doesn't allow escaping at all
          regStr += escapedSlash;
          continue;
        }

        if (rule.pattern[i + 1] !== undefined) {
          regStr += '\\' + rule.pattern[i + 1];
          i++;
        } else {
          regStr += '\\';
        }
      } else {
        regStr += ch;
      }
    }

    regStr += "$";
    rule.regexp = new RegExp(regStr, this._ignorecase ? 'i' : '');
    return rule;
  }

}


/***/ }),

/***/ 89379:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const ANY = Symbol('SemVer ANY')
// hoisted class for cyclic dependency
class Comparator {
  static get ANY () {
    return ANY
  }

  constructor (comp, options) {
    options = parseOptions(options)

    if (comp instanceof Comparator) {
      if (comp.loose === !!options.loose) {
        return comp
      } else {
        comp = comp.value
      }
    }

    comp = comp.trim().split(/\s+/).join(' ')
    debug('comparator', comp, options)
    this.options = options
    this.loose = !!options.loose
    this.parse(comp)

    if (this.semver === ANY) {
      this.value = ''
    } else {
      this.value = this.operator + this.semver.version
    }

    debug('comp', this)
  }

  parse (comp) {
    const r = this.options.loose ? re[t.COMPARATORLOOSE] : re[t.COMPARATOR]
    const m = comp.match(r)

    if (!m) {
      throw new TypeError(`Invalid comparator: ${comp}`)
    }

    this.operator = m[1] !== undefined ? m[1] : ''
    if (this.operator === '=') {
      this.operator = ''
    }

    // if it literally is just '>' or '' then allow anything.
    if (!m[2]) {
      this.semver = ANY
    } else {
      this.semver = new SemVer(m[2], this.options.loose)
    }
  }

  toString () {
    return this.value
  }

  test (version) {
    debug('Comparator.test', version, this.options.loose)

    if (this.semver === ANY || version === ANY) {
      return true
    }

    if (typeof version === 'string') {
      try {
        version = new SemVer(version, this.options)
      } catch (er) {
        return false
      }
    }

    return cmp(version, this.operator, this.semver, this.options)
  }

  intersects (comp, options) {
    if (!(comp instanceof Comparator)) {
      throw new TypeError('a Comparator is required')
    }

    if (this.operator === '') {
      if (this.value === '') {
        return true
      }
      return new Range(comp.value, options).test(this.value)
    } else if (comp.operator === '') {
      if (comp.value === '') {
        return true
      }
      return new Range(this.value, options).test(comp.semver)
    }

    options = parseOptions(options)

    // Special cases where nothing can possibly be lower
    if (options.includePrerelease &&
      (this.value === '<0.0.0-0' || comp.value === '<0.0.0-0')) {
      return false
    }
    if (!options.includePrerelease &&
      (this.value.startsWith('<0.0.0') || comp.value.startsWith('<0.0.0'))) {
      return false
    }

    // Same direction increasing (> or >=)
    if (this.operator.startsWith('>') && comp.operator.startsWith('>')) {
      return true
    }
    // Same direction decreasing (< or <=)
    if (this.operator.startsWith('<') && comp.operator.startsWith('<')) {
      return true
    }
    // same SemVer and both sides are inclusive (<= or >=)
    if (
      (this.semver.version === comp.semver.version) &&
      this.operator.includes('=') && comp.operator.includes('=')) {
      return true
    }
    // opposite directions less than
    if (cmp(this.semver, '<', comp.semver, options) &&
      this.operator.startsWith('>') && comp.operator.startsWith('<')) {
      return true
    }
    // opposite directions greater than
    if (cmp(this.semver, '>', comp.semver, options) &&
      this.operator.startsWith('<') && comp.operator.startsWith('>')) {
      return true
    }
    return false
  }
}

module.exports = Comparator

const parseOptions = __nccwpck_require__(70356)
const { safeRe: re, t } = __nccwpck_require__(95471)
const cmp = __nccwpck_require__(28646)
const debug = __nccwpck_require__(1159)
const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(96782)


/***/ }),

/***/ 96782:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SPACE_CHARACTERS = /\s+/g

// hoisted class for cyclic dependency
class Range {
  constructor (range, options) {
    options = parseOptions(options)

    if (range instanceof Range) {
      if (
        range.loose === !!options.loose &&
        range.includePrerelease === !!options.includePrerelease
      ) {
        return range
      } else {
        return new Range(range.raw, options)
      }
    }

    if (range instanceof Comparator) {
      // just put it in the set and return
      this.raw = range.value
      this.set = [[range]]
      this.formatted = undefined
      return this
    }

    this.options = options
    this.loose = !!options.loose
    this.includePrerelease = !!options.includePrerelease

    // First reduce all whitespace as much as possible so we do not have to rely
    // on potentially slow regexes like \s*. This is then stored and used for
    // future error messages as well.
    this.raw = range.trim().replace(SPACE_CHARACTERS, ' ')

    // First, split on ||
    this.set = this.raw
      .split('||')
      // map the range to a 2d array of comparators
      .map(r => this.parseRange(r.trim()))
      // throw out any comparator lists that are empty
      // this generally means that it was not a valid range, which is allowed
      // in loose mode, but will still throw if the WHOLE range is invalid.
      .filter(c => c.length)

    if (!this.set.length) {
      throw new TypeError(`Invalid SemVer Range: ${this.raw}`)
    }

    // if we have any that are not the null set, throw out null sets.
    if (this.set.length > 1) {
      // keep the first one, in case they're all null sets
      const first = this.set[0]
      this.set = this.set.filter(c => !isNullSet(c[0]))
      if (this.set.length === 0) {
        this.set = [first]
      } else if (this.set.length > 1) {
        // if we have any that are *, then the range is just *
        for (const c of this.set) {
          if (c.length === 1 && isAny(c[0])) {
            this.set = [c]
            break
          }
        }
      }
    }

    this.formatted = undefined
  }

  get range () {
    if (this.formatted === undefined) {
      this.formatted = ''
      for (let i = 0; i < this.set.length; i++) {
        if (i > 0) {
          this.formatted += '||'
        }
        const comps = this.set[i]
        for (let k = 0; k < comps.length; k++) {
          if (k > 0) {
            this.formatted += ' '
          }
          this.formatted += comps[k].toString().trim()
        }
      }
    }
    return this.formatted
  }

  format () {
    return this.range
  }

  toString () {
    return this.range
  }

  parseRange (range) {
    // strip build metadata so it can't bleed into the version
    range = range.replace(BUILDSTRIPRE, '')

    // memoize range parsing for performance.
    // this is a very hot path, and fully deterministic.
    const memoOpts =
      (this.options.includePrerelease && FLAG_INCLUDE_PRERELEASE) |
      (this.options.loose && FLAG_LOOSE)
    const memoKey = memoOpts + ':' + range
    const cached = cache.get(memoKey)
    if (cached) {
      return cached
    }

    const loose = this.options.loose
    // `1.2.3 - 1.2.4` => `>=1.2.3 <=1.2.4`
    const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE]
    range = range.replace(hr, hyphenReplace(this.options.includePrerelease))
    debug('hyphen replace', range)

    // `> 1.2.3 < 1.2.5` => `>1.2.3 <1.2.5`
    range = trimComparatorWhitespace(range)
    debug('comparator trim', range)

    // `~ 1.2.3` => `~1.2.3`
    range = range.replace(re[t.TILDETRIM], tildeTrimReplace)
    debug('tilde trim', range)

    // `^ 1.2.3` => `^1.2.3`
    range = range.replace(re[t.CARETTRIM], caretTrimReplace)
    debug('caret trim', range)

    // At this point, the range is completely trimmed and
    // ready to be split into comparators.

    let rangeList = range
      .split(' ')
      .map(comp => parseComparator(comp, this.options))
      .join(' ')
      .split(/\s+/)
      // >=0.0.0 is equivalent to *
      .map(comp => replaceGTE0(comp, this.options))

    if (loose) {
      // in loose mode, throw out any that are not valid comparators
      rangeList = rangeList.filter(comp => {
        debug('loose invalid filter', comp, this.options)
        return !!comp.match(re[t.COMPARATORLOOSE])
      })
    }
    debug('range list', rangeList)

    // if any comparators are the null set, then replace with JUST null set
    // if more than one comparator, remove any * comparators
    // also, don't include the same comparator more than once
    const rangeMap = new Map()
    const comparators = rangeList.map(comp => new Comparator(comp, this.options))
    for (const comp of comparators) {
      if (isNullSet(comp)) {
        return [comp]
      }
      rangeMap.set(comp.value, comp)
    }
    if (rangeMap.size > 1 && rangeMap.has('')) {
      rangeMap.delete('')
    }

    const result = [...rangeMap.values()]
    cache.set(memoKey, result)
    return result
  }

  intersects (range, options) {
    if (!(range instanceof Range)) {
      throw new TypeError('a Range is required')
    }

    return this.set.some((thisComparators) => {
      return (
        isSatisfiable(thisComparators, options) &&
        range.set.some((rangeComparators) => {
          return (
            isSatisfiable(rangeComparators, options) &&
            thisComparators.every((thisComparator) => {
              return rangeComparators.every((rangeComparator) => {
                return thisComparator.intersects(rangeComparator, options)
              })
            })
          )
        })
      )
    })
  }

  // if ANY of the sets match ALL of its comparators, then pass
  test (version) {
    if (!version) {
      return false
    }

    if (typeof version === 'string') {
      try {
        version = new SemVer(version, this.options)
      } catch (er) {
        return false
      }
    }

    for (let i = 0; i < this.set.length; i++) {
      if (testSet(this.set[i], version, this.options)) {
        return true
      }
    }
    return false
  }
}

module.exports = Range

const LRU = __nccwpck_require__(61383)
const cache = new LRU()

const parseOptions = __nccwpck_require__(70356)
const Comparator = __nccwpck_require__(89379)
const debug = __nccwpck_require__(1159)
const SemVer = __nccwpck_require__(7163)
const trimComparatorWhitespace = __nccwpck_require__(69737)
const {
  safeRe: re,
  src,
  t,
  tildeTrimReplace,
  caretTrimReplace,
} = __nccwpck_require__(95471)
const { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = __nccwpck_require__(45101)

// unbounded global build-metadata stripper used by parseRange
const BUILDSTRIPRE = new RegExp(src[t.BUILD], 'g')

const isNullSet = c => c.value === '<0.0.0-0'
const isAny = c => c.value === ''

// take a set of comparators and determine whether there
// exists a version which can satisfy it
const isSatisfiable = (comparators, options) => {
  let result = true
  const remainingComparators = comparators.slice()
  let testComparator = remainingComparators.pop()

  while (result && remainingComparators.length) {
    result = remainingComparators.every((otherComparator) => {
      return testComparator.intersects(otherComparator, options)
    })

    testComparator = remainingComparators.pop()
  }

  return result
}

// comprised of xranges, tildes, stars, and gtlt's at this point.
// already replaced the hyphen ranges
// turn into a set of JUST comparators.
const parseComparator = (comp, options) => {
  comp = comp.replace(re[t.BUILD], '')
  debug('comp', comp, options)
  comp = replaceCarets(comp, options)
  debug('caret', comp)
  comp = replaceTildes(comp, options)
  debug('tildes', comp)
  comp = replaceXRanges(comp, options)
  debug('xrange', comp)
  comp = replaceStars(comp, options)
  debug('stars', comp)
  return comp
}

const isX = id => !id || id.toLowerCase() === 'x' || id === '*'

const invalidXRangeOrder = (M, m, p) => (
  (isX(M) && !isX(m)) ||
  (isX(m) && p && !isX(p))
)

// ~, ~> --> * (any, kinda silly)
// ~2, ~2.x, ~2.x.x, ~>2, ~>2.x ~>2.x.x --> >=2.0.0 <3.0.0-0
// ~2.0, ~2.0.x, ~>2.0, ~>2.0.x --> >=2.0.0 <2.1.0-0
// ~1.2, ~1.2.x, ~>1.2, ~>1.2.x --> >=1.2.0 <1.3.0-0
// ~1.2.3, ~>1.2.3 --> >=1.2.3 <1.3.0-0
// ~1.2.0, ~>1.2.0 --> >=1.2.0 <1.3.0-0
// ~0.0.1 --> >=0.0.1 <0.1.0-0
const replaceTildes = (comp, options) => {
  return comp
    .trim()
    .split(/\s+/)
    .map((c) => replaceTilde(c, options))
    .join(' ')
}

const replaceTilde = (comp, options) => {
  const r = options.loose ? re[t.TILDELOOSE] : re[t.TILDE]
  // if we're including prereleases in the match, then the lower bound is
  // -0, the lowest possible prerelease value, just like x-ranges and carets.
  // this keeps `~1.2` equivalent to the `1.2.x` x-range it's documented as.
  const z = options.includePrerelease ? '-0' : ''
  return comp.replace(r, (_, M, m, p, pr) => {
    debug('tilde', comp, _, M, m, p, pr)
    let ret

    if (isX(M)) {
      ret = ''
    } else if (isX(m)) {
      ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`
    } else if (isX(p)) {
      // ~1.2 == >=1.2.0 <1.3.0-0
      ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`
    } else if (pr) {
      debug('replaceTilde pr', pr)
      ret = `>=${M}.${m}.${p}-${pr
      } <${M}.${+m + 1}.0-0`
    } else {
      // ~1.2.3 == >=1.2.3 <1.3.0-0
      ret = `>=${M}.${m}.${p
      } <${M}.${+m + 1}.0-0`
    }

    debug('tilde return', ret)
    return ret
  })
}

// ^ --> * (any, kinda silly)
// ^2, ^2.x, ^2.x.x --> >=2.0.0 <3.0.0-0
// ^2.0, ^2.0.x --> >=2.0.0 <3.0.0-0
// ^1.2, ^1.2.x --> >=1.2.0 <2.0.0-0
// ^1.2.3 --> >=1.2.3 <2.0.0-0
// ^1.2.0 --> >=1.2.0 <2.0.0-0
// ^0.0.1 --> >=0.0.1 <0.0.2-0
// ^0.1.0 --> >=0.1.0 <0.2.0-0
const replaceCarets = (comp, options) => {
  return comp
    .trim()
    .split(/\s+/)
    .map((c) => replaceCaret(c, options))
    .join(' ')
}

const replaceCaret = (comp, options) => {
  debug('caret', comp, options)
  const r = options.loose ? re[t.CARETLOOSE] : re[t.CARET]
  const z = options.includePrerelease ? '-0' : ''
  return comp.replace(r, (_, M, m, p, pr) => {
    debug('caret', comp, _, M, m, p, pr)
    let ret

    if (isX(M)) {
      ret = ''
    } else if (isX(m)) {
      ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`
    } else if (isX(p)) {
      if (M === '0') {
        ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`
      } else {
        ret = `>=${M}.${m}.0${z} <${+M + 1}.0.0-0`
      }
    } else if (pr) {
      debug('replaceCaret pr', pr)
      if (M === '0') {
        if (m === '0') {
          ret = `>=${M}.${m}.${p}-${pr
          } <${M}.${m}.${+p + 1}-0`
        } else {
          ret = `>=${M}.${m}.${p}-${pr
          } <${M}.${+m + 1}.0-0`
        }
      } else {
        ret = `>=${M}.${m}.${p}-${pr
        } <${+M + 1}.0.0-0`
      }
    } else {
      debug('no pr')
      if (M === '0') {
        if (m === '0') {
          ret = `>=${M}.${m}.${p
          } <${M}.${m}.${+p + 1}-0`
        } else {
          ret = `>=${M}.${m}.${p
          } <${M}.${+m + 1}.0-0`
        }
      } else {
        ret = `>=${M}.${m}.${p
        } <${+M + 1}.0.0-0`
      }
    }

    debug('caret return', ret)
    return ret
  })
}

const replaceXRanges = (comp, options) => {
  debug('replaceXRanges', comp, options)
  return comp
    .split(/\s+/)
    .map((c) => replaceXRange(c, options))
    .join(' ')
}

const replaceXRange = (comp, options) => {
  comp = comp.trim()
  const r = options.loose ? re[t.XRANGELOOSE] : re[t.XRANGE]
  return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
    debug('xRange', comp, ret, gtlt, M, m, p, pr)
    if (invalidXRangeOrder(M, m, p)) {
      return comp
    }

    const xM = isX(M)
    const xm = xM || isX(m)
    const xp = xm || isX(p)
    const anyX = xp

    if (gtlt === '=' && anyX) {
      gtlt = ''
    }

    // if we're including prereleases in the match, then we need
    // to fix this to -0, the lowest possible prerelease value
    pr = options.includePrerelease ? '-0' : ''

    if (xM) {
      if (gtlt === '>' || gtlt === '<') {
        // nothing is allowed
        ret = '<0.0.0-0'
      } else {
        // nothing is forbidden
        ret = '*'
      }
    } else if (gtlt && anyX) {
      // we know patch is an x, because we have any x at all.
      // replace X with 0
      if (xm) {
        m = 0
      }
      p = 0

      if (gtlt === '>') {
        // >1 => >=2.0.0
        // >1.2 => >=1.3.0
        gtlt = '>='
        if (xm) {
          M = +M + 1
          m = 0
          p = 0
        } else {
          m = +m + 1
          p = 0
        }
      } else if (gtlt === '<=') {
        // <=0.7.x is actually <0.8.0, since any 0.7.x should
        // pass.  Similarly, <=7.x is actually <8.0.0, etc.
        gtlt = '<'
        if (xm) {
          M = +M + 1
        } else {
          m = +m + 1
        }
      }

      if (gtlt === '<') {
        pr = '-0'
      }

      ret = `${gtlt + M}.${m}.${p}${pr}`
    } else if (xm) {
      ret = `>=${M}.0.0${pr} <${+M + 1}.0.0-0`
    } else if (xp) {
      ret = `>=${M}.${m}.0${pr
      } <${M}.${+m + 1}.0-0`
    }

    debug('xRange return', ret)

    return ret
  })
}

// Because * is AND-ed with everything else in the comparator,
// and '' means "any version", just remove the *s entirely.
const replaceStars = (comp, options) => {
  debug('replaceStars', comp, options)
  // Looseness is ignored here.  star is always as loose as it gets!
  return comp
    .trim()
    .replace(re[t.STAR], '')
}

const replaceGTE0 = (comp, options) => {
  debug('replaceGTE0', comp, options)
  return comp
    .trim()
    .replace(re[options.includePrerelease ? t.GTE0PRE : t.GTE0], '')
}

// This function is passed to string.replace(re[t.HYPHENRANGE])
// M, m, patch, prerelease, build
// 1.2 - 3.4.5 => >=1.2.0 <=3.4.5
// 1.2.3 - 3.4 => >=1.2.0 <3.5.0-0 Any 3.4.x will do
// 1.2 - 3.4 => >=1.2.0 <3.5.0-0
// TODO build?
const hyphenReplace = incPr => ($0,
  from, fM, fm, fp, fpr, fb,
  to, tM, tm, tp, tpr) => {
  if (isX(fM)) {
    from = ''
  } else if (isX(fm)) {
    from = `>=${fM}.0.0${incPr ? '-0' : ''}`
  } else if (isX(fp)) {
    from = `>=${fM}.${fm}.0${incPr ? '-0' : ''}`
  } else if (fpr) {
    from = `>=${from}`
  } else {
    from = `>=${from}${incPr ? '-0' : ''}`
  }

  if (isX(tM)) {
    to = ''
  } else if (isX(tm)) {
    to = `<${+tM + 1}.0.0-0`
  } else if (isX(tp)) {
    to = `<${tM}.${+tm + 1}.0-0`
  } else if (tpr) {
    to = `<=${tM}.${tm}.${tp}-${tpr}`
  } else if (incPr) {
    to = `<${tM}.${tm}.${+tp + 1}-0`
  } else {
    to = `<=${to}`
  }

  return `${from} ${to}`.trim()
}

const testSet = (set, version, options) => {
  for (let i = 0; i < set.length; i++) {
    if (!set[i].test(version)) {
      return false
    }
  }

  if (version.prerelease.length && !options.includePrerelease) {
    // Find the set of versions that are allowed to have prereleases
    // For example, ^1.2.3-pr.1 desugars to >=1.2.3-pr.1 <2.0.0
    // That should allow `1.2.3-pr.2` to pass.
    // However, `1.2.4-alpha.notready` should NOT be allowed,
    // even though it's within the range set by the comparators.
    for (let i = 0; i < set.length; i++) {
      debug(set[i].semver)
      if (set[i].semver === Comparator.ANY) {
        continue
      }

      if (set[i].semver.prerelease.length > 0) {
        const allowed = set[i].semver
        if (allowed.major === version.major &&
            allowed.minor === version.minor &&
            allowed.patch === version.patch) {
          return true
        }
      }
    }

    // Version has a -pre, but it's not one of the ones we like.
    return false
  }

  return true
}


/***/ }),

/***/ 7163:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const debug = __nccwpck_require__(1159)
const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(45101)
const { safeRe: re, t } = __nccwpck_require__(95471)

const parseOptions = __nccwpck_require__(70356)
const { compareIdentifiers } = __nccwpck_require__(73348)

const isPrereleaseIdentifier = (prerelease, identifier) => {
  const identifiers = identifier.split('.')
  if (identifiers.length > prerelease.length) {
    return false
  }

  for (let i = 0; i < identifiers.length; i++) {
    if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
      return false
    }
  }

  return true
}

class SemVer {
  constructor (version, options) {
    options = parseOptions(options)

    if (version instanceof SemVer) {
      if (version.loose === !!options.loose &&
        version.includePrerelease === !!options.includePrerelease) {
        return version
      } else {
        version = version.version
      }
    } else if (typeof version !== 'string') {
      throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`)
    }

    if (version.length > MAX_LENGTH) {
      throw new TypeError(
        `version is longer than ${MAX_LENGTH} characters`
      )
    }

    debug('SemVer', version, options)
    this.options = options
    this.loose = !!options.loose
    // this isn't actually relevant for versions, but keep it so that we
    // don't run into trouble passing this.options around.
    this.includePrerelease = !!options.includePrerelease

    const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL])

    if (!m) {
      throw new TypeError(`Invalid Version: ${version}`)
    }

    this.raw = version

    // these are actually numbers
    this.major = +m[1]
    this.minor = +m[2]
    this.patch = +m[3]

    if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
      throw new TypeError('Invalid major version')
    }

    if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
      throw new TypeError('Invalid minor version')
    }

    if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
      throw new TypeError('Invalid patch version')
    }

    // numberify any prerelease numeric ids
    if (!m[4]) {
      this.prerelease = []
    } else {
      this.prerelease = m[4].split('.').map((id) => {
        if (/^[0-9]+$/.test(id)) {
          const num = +id
          if (num >= 0 && num < MAX_SAFE_INTEGER) {
            return num
          }
        }
        return id
      })
    }

    this.build = m[5] ? m[5].split('.') : []
    this.format()
  }

  format () {
    this.version = `${this.major}.${this.minor}.${this.patch}`
    if (this.prerelease.length) {
      this.version += `-${this.prerelease.join('.')}`
    }
    return this.version
  }

  toString () {
    return this.version
  }

  compare (other) {
    debug('SemVer.compare', this.version, this.options, other)
    if (!(other instanceof SemVer)) {
      if (typeof other === 'string' && other === this.version) {
        return 0
      }
      other = new SemVer(other, this.options)
    }

    if (other.version === this.version) {
      return 0
    }

    return this.compareMain(other) || this.comparePre(other)
  }

  compareMain (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    if (this.major < other.major) {
      return -1
    }
    if (this.major > other.major) {
      return 1
    }
    if (this.minor < other.minor) {
      return -1
    }
    if (this.minor > other.minor) {
      return 1
    }
    if (this.patch < other.patch) {
      return -1
    }
    if (this.patch > other.patch) {
      return 1
    }
    return 0
  }

  comparePre (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    // NOT having a prerelease is > having one
    if (this.prerelease.length && !other.prerelease.length) {
      return -1
    } else if (!this.prerelease.length && other.prerelease.length) {
      return 1
    } else if (!this.prerelease.length && !other.prerelease.length) {
      return 0
    }

    let i = 0
    do {
      const a = this.prerelease[i]
      const b = other.prerelease[i]
      debug('prerelease compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  compareBuild (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    let i = 0
    do {
      const a = this.build[i]
      const b = other.build[i]
      debug('build compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  // preminor will bump the version up to the next minor release, and immediately
  // down to pre-release. premajor and prepatch work the same way.
  inc (release, identifier, identifierBase) {
    if (release.startsWith('pre')) {
      if (!identifier && identifierBase === false) {
        throw new Error('invalid increment argument: identifier is empty')
      }
      // Avoid an invalid semver results
      if (identifier) {
        const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE])
        if (!match || match[1] !== identifier) {
          throw new Error(`invalid identifier: ${identifier}`)
        }
      }
    }

    switch (release) {
      case 'premajor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor = 0
        this.major++
        this.inc('pre', identifier, identifierBase)
        break
      case 'preminor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor++
        this.inc('pre', identifier, identifierBase)
        break
      case 'prepatch':
        // If this is already a prerelease, it will bump to the next version
        // drop any prereleases that might already exist, since they are not
        // relevant at this point.
        this.prerelease.length = 0
        this.inc('patch', identifier, identifierBase)
        this.inc('pre', identifier, identifierBase)
        break
      // If the input is a non-prerelease version, this acts the same as
      // prepatch.
      case 'prerelease':
        if (this.prerelease.length === 0) {
          this.inc('patch', identifier, identifierBase)
        }
        this.inc('pre', identifier, identifierBase)
        break
      case 'release':
        if (this.prerelease.length === 0) {
          throw new Error(`version ${this.raw} is not a prerelease`)
        }
        this.prerelease.length = 0
        break

      case 'major':
        // If this is a pre-major version, bump up to the same major version.
        // Otherwise increment major.
        // 1.0.0-5 bumps to 1.0.0
        // 1.1.0 bumps to 2.0.0
        if (
          this.minor !== 0 ||
          this.patch !== 0 ||
          this.prerelease.length === 0
        ) {
          this.major++
        }
        this.minor = 0
        this.patch = 0
        this.prerelease = []
        break
      case 'minor':
        // If this is a pre-minor version, bump up to the same minor version.
        // Otherwise increment minor.
        // 1.2.0-5 bumps to 1.2.0
        // 1.2.1 bumps to 1.3.0
        if (this.patch !== 0 || this.prerelease.length === 0) {
          this.minor++
        }
        this.patch = 0
        this.prerelease = []
        break
      case 'patch':
        // If this is not a pre-release version, it will increment the patch.
        // If it is a pre-release it will bump up to the same patch version.
        // 1.2.0-5 patches to 1.2.0
        // 1.2.0 patches to 1.2.1
        if (this.prerelease.length === 0) {
          this.patch++
        }
        this.prerelease = []
        break
      // This probably shouldn't be used publicly.
      // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
      case 'pre': {
        const base = Number(identifierBase) ? 1 : 0

        if (this.prerelease.length === 0) {
          this.prerelease = [base]
        } else {
          let i = this.prerelease.length
          while (--i >= 0) {
            if (typeof this.prerelease[i] === 'number') {
              this.prerelease[i]++
              i = -2
            }
          }
          if (i === -1) {
            // didn't increment anything
            if (identifier === this.prerelease.join('.') && identifierBase === false) {
              throw new Error('invalid increment argument: identifier already exists')
            }
            this.prerelease.push(base)
          }
        }
        if (identifier) {
          // 1.2.0-beta.1 bumps to 1.2.0-beta.2,
          // 1.2.0-beta.fooblz or 1.2.0-beta bumps to 1.2.0-beta.0
          let prerelease = [identifier, base]
          if (identifierBase === false) {
            prerelease = [identifier]
          }
          if (isPrereleaseIdentifier(this.prerelease, identifier)) {
            const prereleaseBase = this.prerelease[identifier.split('.').length]
            if (isNaN(prereleaseBase)) {
              this.prerelease = prerelease
            }
          } else {
            this.prerelease = prerelease
          }
        }
        break
      }
      default:
        throw new Error(`invalid increment argument: ${release}`)
    }
    this.raw = this.format()
    if (this.build.length) {
      this.raw += `+${this.build.join('.')}`
    }
    return this
  }
}

module.exports = SemVer


/***/ }),

/***/ 1799:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(16353)
const clean = (version, options) => {
  const s = parse(version.trim().replace(/^[=v]+/, ''), options)
  return s ? s.version : null
}
module.exports = clean


/***/ }),

/***/ 28646:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const eq = __nccwpck_require__(55082)
const neq = __nccwpck_require__(4974)
const gt = __nccwpck_require__(16599)
const gte = __nccwpck_require__(41236)
const lt = __nccwpck_require__(3872)
const lte = __nccwpck_require__(56717)

const cmp = (a, op, b, loose) => {
  switch (op) {
    case '===':
      if (typeof a === 'object') {
        a = a.version
      }
      if (typeof b === 'object') {
        b = b.version
      }
      return a === b

    case '!==':
      if (typeof a === 'object') {
        a = a.version
      }
      if (typeof b === 'object') {
        b = b.version
      }
      return a !== b

    case '':
    case '=':
    case '==':
      return eq(a, b, loose)

    case '!=':
      return neq(a, b, loose)

    case '>':
      return gt(a, b, loose)

    case '>=':
      return gte(a, b, loose)

    case '<':
      return lt(a, b, loose)

    case '<=':
      return lte(a, b, loose)

    default:
      throw new TypeError(`Invalid operator: ${op}`)
  }
}
module.exports = cmp


/***/ }),

/***/ 35385:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const parse = __nccwpck_require__(16353)
const { safeRe: re, t } = __nccwpck_require__(95471)

const coerce = (version, options) => {
  if (version instanceof SemVer) {
    return version
  }

  if (typeof version === 'number') {
    version = String(version)
  }

  if (typeof version !== 'string') {
    return null
  }

  options = options || {}

  let match = null
  if (!options.rtl) {
    match = version.match(options.includePrerelease ? re[t.COERCEFULL] : re[t.COERCE])
  } else {
    // Find the right-most coercible string that does not share
    // a terminus with a more left-ward coercible string.
    // Eg, '1.2.3.4' wants to coerce '2.3.4', not '3.4' or '4'
    // With includePrerelease option set, '1.2.3.4-rc' wants to coerce '2.3.4-rc', not '2.3.4'
    //
    // Walk through the string checking with a /g regexp
    // Manually set the index so as to pick up overlapping matches.
    // Stop when we get a match that ends at the string end, since no
    // coercible string can be more right-ward without the same terminus.
    const coerceRtlRegex = options.includePrerelease ? re[t.COERCERTLFULL] : re[t.COERCERTL]
    let next
    while ((next = coerceRtlRegex.exec(version)) &&
        (!match || match.index + match[0].length !== version.length)
    ) {
      if (!match ||
            next.index + next[0].length !== match.index + match[0].length) {
        match = next
      }
      coerceRtlRegex.lastIndex = next.index + next[1].length + next[2].length
    }
    // leave it in a clean state
    coerceRtlRegex.lastIndex = -1
  }

  if (match === null) {
    return null
  }

  const major = match[2]
  const minor = match[3] || '0'
  const patch = match[4] || '0'
  const prerelease = options.includePrerelease && match[5] ? `-${match[5]}` : ''
  const build = options.includePrerelease && match[6] ? `+${match[6]}` : ''

  return parse(`${major}.${minor}.${patch}${prerelease}${build}`, options)
}
module.exports = coerce


/***/ }),

/***/ 37648:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const compareBuild = (a, b, loose) => {
  const versionA = new SemVer(a, loose)
  const versionB = new SemVer(b, loose)
  return versionA.compare(versionB) || versionA.compareBuild(versionB)
}
module.exports = compareBuild


/***/ }),

/***/ 56874:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const compareLoose = (a, b) => compare(a, b, true)
module.exports = compareLoose


/***/ }),

/***/ 78469:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const compare = (a, b, loose) =>
  new SemVer(a, loose).compare(new SemVer(b, loose))

module.exports = compare


/***/ }),

/***/ 70711:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(16353)

const diff = (version1, version2) => {
  const v1 = parse(version1, null, true)
  const v2 = parse(version2, null, true)
  const comparison = v1.compare(v2)

  if (comparison === 0) {
    return null
  }

  const v1Higher = comparison > 0
  const highVersion = v1Higher ? v1 : v2
  const lowVersion = v1Higher ? v2 : v1
  const highHasPre = !!highVersion.prerelease.length
  const lowHasPre = !!lowVersion.prerelease.length

  if (lowHasPre && !highHasPre) {
    // Going from prerelease -> no prerelease requires some special casing

    // If the low version has only a major, then it will always be a major
    // Some examples:
    // 1.0.0-1 -> 1.0.0
    // 1.0.0-1 -> 1.1.1
    // 1.0.0-1 -> 2.0.0
    if (!lowVersion.patch && !lowVersion.minor) {
      return 'major'
    }

    // If the main part has no difference
    if (lowVersion.compareMain(highVersion) === 0) {
      if (lowVersion.minor && !lowVersion.patch) {
        return 'minor'
      }
      return 'patch'
    }
  }

  // add the `pre` prefix if we are going to a prerelease version
  const prefix = highHasPre ? 'pre' : ''

  if (v1.major !== v2.major) {
    return prefix + 'major'
  }

  if (v1.minor !== v2.minor) {
    return prefix + 'minor'
  }

  if (v1.patch !== v2.patch) {
    return prefix + 'patch'
  }

  // high and low are prereleases
  return 'prerelease'
}

module.exports = diff


/***/ }),

/***/ 55082:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const eq = (a, b, loose) => compare(a, b, loose) === 0
module.exports = eq


/***/ }),

/***/ 16599:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const gt = (a, b, loose) => compare(a, b, loose) > 0
module.exports = gt


/***/ }),

/***/ 41236:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const gte = (a, b, loose) => compare(a, b, loose) >= 0
module.exports = gte


/***/ }),

/***/ 62338:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)

const inc = (version, release, options, identifier, identifierBase) => {
  if (typeof (options) === 'string') {
    identifierBase = identifier
    identifier = options
    options = undefined
  }

  try {
    return new SemVer(
      version instanceof SemVer ? version.version : version,
      options
    ).inc(release, identifier, identifierBase).version
  } catch (er) {
    return null
  }
}
module.exports = inc


/***/ }),

/***/ 3872:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const lt = (a, b, loose) => compare(a, b, loose) < 0
module.exports = lt


/***/ }),

/***/ 56717:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const lte = (a, b, loose) => compare(a, b, loose) <= 0
module.exports = lte


/***/ }),

/***/ 68511:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const major = (a, loose) => new SemVer(a, loose).major
module.exports = major


/***/ }),

/***/ 32603:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const minor = (a, loose) => new SemVer(a, loose).minor
module.exports = minor


/***/ }),

/***/ 4974:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const neq = (a, b, loose) => compare(a, b, loose) !== 0
module.exports = neq


/***/ }),

/***/ 16353:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const parse = (version, options, throwErrors = false) => {
  if (version instanceof SemVer) {
    return version
  }
  try {
    return new SemVer(version, options)
  } catch (er) {
    if (!throwErrors) {
      return null
    }
    throw er
  }
}

module.exports = parse


/***/ }),

/***/ 48756:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const patch = (a, loose) => new SemVer(a, loose).patch
module.exports = patch


/***/ }),

/***/ 15714:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(16353)
const prerelease = (version, options) => {
  const parsed = parse(version, options)
  return (parsed && parsed.prerelease.length) ? parsed.prerelease : null
}
module.exports = prerelease


/***/ }),

/***/ 32173:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(78469)
const rcompare = (a, b, loose) => compare(b, a, loose)
module.exports = rcompare


/***/ }),

/***/ 87192:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compareBuild = __nccwpck_require__(37648)
const rsort = (list, loose) => list.sort((a, b) => compareBuild(b, a, loose))
module.exports = rsort


/***/ }),

/***/ 68011:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(96782)
const satisfies = (version, range, options) => {
  try {
    range = new Range(range, options)
  } catch (er) {
    return false
  }
  return range.test(version)
}
module.exports = satisfies


/***/ }),

/***/ 29872:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compareBuild = __nccwpck_require__(37648)
const sort = (list, loose) => list.sort((a, b) => compareBuild(a, b, loose))
module.exports = sort


/***/ }),

/***/ 16114:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(16353)
const constants = __nccwpck_require__(45101)
const SemVer = __nccwpck_require__(7163)

const truncate = (version, truncation, options) => {
  if (!constants.RELEASE_TYPES.includes(truncation)) {
    return null
  }

  const clonedVersion = cloneInputVersion(version, options)
  return clonedVersion && doTruncation(clonedVersion, truncation)
}

const cloneInputVersion = (version, options) => {
  const versionStringToParse = (
    version instanceof SemVer ? version.version : version
  )

  return parse(versionStringToParse, options)
}

const doTruncation = (version, truncation) => {
  if (isPrerelease(truncation)) {
    return version.version
  }

  version.prerelease = []

  switch (truncation) {
    case 'major':
      version.minor = 0
      version.patch = 0
      break
    case 'minor':
      version.patch = 0
      break
  }

  return version.format()
}

const isPrerelease = (type) => {
  return type.startsWith('pre')
}

module.exports = truncate


/***/ }),

/***/ 58780:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(16353)
const valid = (version, options) => {
  const v = parse(version, options)
  return v ? v.version : null
}
module.exports = valid


/***/ }),

/***/ 62088:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// just pre-load all the stuff that index.js lazily exports
const internalRe = __nccwpck_require__(95471)
const constants = __nccwpck_require__(45101)
const SemVer = __nccwpck_require__(7163)
const identifiers = __nccwpck_require__(73348)
const parse = __nccwpck_require__(16353)
const valid = __nccwpck_require__(58780)
const clean = __nccwpck_require__(1799)
const inc = __nccwpck_require__(62338)
const diff = __nccwpck_require__(70711)
const major = __nccwpck_require__(68511)
const minor = __nccwpck_require__(32603)
const patch = __nccwpck_require__(48756)
const prerelease = __nccwpck_require__(15714)
const compare = __nccwpck_require__(78469)
const rcompare = __nccwpck_require__(32173)
const compareLoose = __nccwpck_require__(56874)
const compareBuild = __nccwpck_require__(37648)
const sort = __nccwpck_require__(29872)
const rsort = __nccwpck_require__(87192)
const gt = __nccwpck_require__(16599)
const lt = __nccwpck_require__(3872)
const eq = __nccwpck_require__(55082)
const neq = __nccwpck_require__(4974)
const gte = __nccwpck_require__(41236)
const lte = __nccwpck_require__(56717)
const cmp = __nccwpck_require__(28646)
const coerce = __nccwpck_require__(35385)
const truncate = __nccwpck_require__(16114)
const Comparator = __nccwpck_require__(89379)
const Range = __nccwpck_require__(96782)
const satisfies = __nccwpck_require__(68011)
const toComparators = __nccwpck_require__(54750)
const maxSatisfying = __nccwpck_require__(73193)
const minSatisfying = __nccwpck_require__(68595)
const minVersion = __nccwpck_require__(51866)
const validRange = __nccwpck_require__(64737)
const outside = __nccwpck_require__(10280)
const gtr = __nccwpck_require__(12276)
const ltr = __nccwpck_require__(15213)
const intersects = __nccwpck_require__(23465)
const simplifyRange = __nccwpck_require__(82028)
const subset = __nccwpck_require__(61489)
module.exports = {
  parse,
  valid,
  clean,
  inc,
  diff,
  major,
  minor,
  patch,
  prerelease,
  compare,
  rcompare,
  compareLoose,
  compareBuild,
  sort,
  rsort,
  gt,
  lt,
  eq,
  neq,
  gte,
  lte,
  cmp,
  coerce,
  truncate,
  Comparator,
  Range,
  satisfies,
  toComparators,
  maxSatisfying,
  minSatisfying,
  minVersion,
  validRange,
  outside,
  gtr,
  ltr,
  intersects,
  simplifyRange,
  subset,
  SemVer,
  re: internalRe.re,
  src: internalRe.src,
  tokens: internalRe.t,
  SEMVER_SPEC_VERSION: constants.SEMVER_SPEC_VERSION,
  RELEASE_TYPES: constants.RELEASE_TYPES,
  compareIdentifiers: identifiers.compareIdentifiers,
  rcompareIdentifiers: identifiers.rcompareIdentifiers,
}


/***/ }),

/***/ 45101:
/***/ ((module) => {



// Note: this is the semver.org version of the spec that it implements
// Not necessarily the package version of this code.
const SEMVER_SPEC_VERSION = '2.0.0'

const MAX_LENGTH = 256
const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER ||
/* istanbul ignore next */ 9007199254740991

// Max safe segment length for coercion.
const MAX_SAFE_COMPONENT_LENGTH = 16

// Max safe length for a build identifier. The max length minus 6 characters for
// the shortest version with a build 0.0.0+BUILD.
const MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6

// ECMAScript whitespace and line terminators matched by \s.
const WHITESPACE_CHARACTERS = [
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  ' ',
  '\u00a0',
  '\u1680',
  '\u2000',
  '\u2001',
  '\u2002',
  '\u2003',
  '\u2004',
  '\u2005',
  '\u2006',
  '\u2007',
  '\u2008',
  '\u2009',
  '\u200a',
  '\u2028',
  '\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
]

const RELEASE_TYPES = [
  'major',
  'premajor',
  'minor',
  'preminor',
  'patch',
  'prepatch',
  'prerelease',
]

module.exports = {
  MAX_LENGTH,
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_SAFE_INTEGER,
  WHITESPACE_CHARACTERS,
  RELEASE_TYPES,
  SEMVER_SPEC_VERSION,
  FLAG_INCLUDE_PRERELEASE: 0b001,
  FLAG_LOOSE: 0b010,
}


/***/ }),

/***/ 1159:
/***/ ((module) => {



const debug = (
  typeof process === 'object' &&
  process.env &&
  process.env.NODE_DEBUG &&
  /\bsemver\b/i.test(process.env.NODE_DEBUG)
) ? (...args) => console.error('SEMVER', ...args)
  : () => {}

module.exports = debug


/***/ }),

/***/ 73348:
/***/ ((module) => {



const numeric = /^[0-9]+$/
const compareIdentifiers = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b ? 0 : a < b ? -1 : 1
  }

  const anum = numeric.test(a)
  const bnum = numeric.test(b)

  if (anum && bnum) {
    a = +a
    b = +b
  }

  return a === b ? 0
    : (anum && !bnum) ? -1
    : (bnum && !anum) ? 1
    : a < b ? -1
    : 1
}

const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a)

module.exports = {
  compareIdentifiers,
  rcompareIdentifiers,
}


/***/ }),

/***/ 61383:
/***/ ((module) => {



class LRUCache {
  constructor () {
    this.max = 1000
    this.map = new Map()
  }

  get (key) {
    const value = this.map.get(key)
    if (value === undefined) {
      return undefined
    } else {
      // Remove the key from the map and add it to the end
      this.map.delete(key)
      this.map.set(key, value)
      return value
    }
  }

  delete (key) {
    return this.map.delete(key)
  }

  set (key, value) {
    const deleted = this.delete(key)

    if (!deleted && value !== undefined) {
      // If cache is full, delete the least recently used item
      if (this.map.size >= this.max) {
        const firstKey = this.map.keys().next().value
        this.delete(firstKey)
      }

      this.map.set(key, value)
    }

    return this
  }
}

module.exports = LRUCache


/***/ }),

/***/ 70356:
/***/ ((module) => {



// parse out just the options we care about
const looseOption = Object.freeze({ loose: true })
const emptyOpts = Object.freeze({ })
const parseOptions = options => {
  if (!options) {
    return emptyOpts
  }

  if (typeof options !== 'object') {
    return looseOption
  }

  return options
}
module.exports = parseOptions


/***/ }),

/***/ 95471:
/***/ ((module, exports, __nccwpck_require__) => {



const {
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_LENGTH,
} = __nccwpck_require__(45101)
const debug = __nccwpck_require__(1159)
exports = module.exports = {}

// The actual regexps go on exports.re
const re = exports.re = []
const safeRe = exports.safeRe = []
const src = exports.src = []
const safeSrc = exports.safeSrc = []
const t = exports.t = {}
let R = 0

const LETTERDASHNUMBER = '[a-zA-Z0-9-]'

// Replace some greedy regex tokens to prevent regex dos issues. These regex are
// used internally via the safeRe object since all inputs in this library get
// normalized first to trim and collapse all extra whitespace. The original
// regexes are exported for userland consumption and lower level usage. A
// future breaking change could export the safer regex only with a note that
// all input should have extra whitespace removed.
const safeRegexReplacements = [
  ['\\s', 1],
  ['\\d', MAX_LENGTH],
  [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH],
]

const makeSafeRegex = (value) => {
  for (const [token, max] of safeRegexReplacements) {
    value = value
      .split(`${token}*`).join(`${token}{0,${max}}`)
      .split(`${token}+`).join(`${token}{1,${max}}`)
  }
  return value
}

const createToken = (name, value, isGlobal) => {
  const safe = makeSafeRegex(value)
  const index = R++
  debug(name, index, value)
  t[name] = index
  src[index] = value
  safeSrc[index] = safe
  re[index] = new RegExp(value, isGlobal ? 'g' : undefined)
  safeRe[index] = new RegExp(safe, isGlobal ? 'g' : undefined)
}

// The following Regular Expressions can be used for tokenizing,
// validating, and parsing SemVer version strings.

// ## Numeric Identifier
// A single `0`, or a non-zero digit followed by zero or more digits.

createToken('NUMERICIDENTIFIER', '0|[1-9]\\d*')
createToken('NUMERICIDENTIFIERLOOSE', '\\d+')

// ## Non-numeric Identifier
// Zero or more digits, followed by a letter or hyphen, and then zero or
// more letters, digits, or hyphens.

createToken('NONNUMERICIDENTIFIER', `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`)

// ## Main Version
// Three dot-separated numeric identifiers.

createToken('MAINVERSION', `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})`)

createToken('MAINVERSIONLOOSE', `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version Identifier
// A numeric identifier, or a non-numeric identifier.
// Non-numeric identifiers include numeric identifiers but can be longer.
// Therefore non-numeric identifiers must go first.

createToken('PRERELEASEIDENTIFIER', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIER]})`)

createToken('PRERELEASEIDENTIFIERLOOSE', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version
// Hyphen, followed by one or more dot-separated pre-release version
// identifiers.

createToken('PRERELEASE', `(?:-(${src[t.PRERELEASEIDENTIFIER]
}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`)

createToken('PRERELEASELOOSE', `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]
}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`)

// ## Build Metadata Identifier
// Any combination of digits, letters, or hyphens.

createToken('BUILDIDENTIFIER', `${LETTERDASHNUMBER}+`)

// ## Build Metadata
// Plus sign, followed by one or more period-separated build metadata
// identifiers.

createToken('BUILD', `(?:\\+(${src[t.BUILDIDENTIFIER]
}(?:\\.${src[t.BUILDIDENTIFIER]})*))`)

// ## Full Version String
// A main version, followed optionally by a pre-release version and
// build metadata.

// Note that the only major, minor, patch, and pre-release sections of
// the version string are capturing groups.  The build metadata is not a
// capturing group, because it should not ever be used in version
// comparison.

createToken('FULLPLAIN', `v?${src[t.MAINVERSION]
}${src[t.PRERELEASE]}?${
  src[t.BUILD]}?`)

createToken('FULL', `^${src[t.FULLPLAIN]}$`)

// like full, but allows v1.2.3 and =1.2.3, which people do sometimes.
// also, 1.0.0alpha1 (prerelease without the hyphen) which is pretty
// common in the npm registry.
createToken('LOOSEPLAIN', `[v=\\s]*${src[t.MAINVERSIONLOOSE]
}${src[t.PRERELEASELOOSE]}?${
  src[t.BUILD]}?`)

createToken('LOOSE', `^${src[t.LOOSEPLAIN]}$`)

createToken('GTLT', '((?:<|>)?=?)')

// Something like "2.*" or "1.2.x".
// Note that "x.x" is a valid xRange identifier, meaning "any version"
// Only the first item is strictly required.
createToken('XRANGEIDENTIFIERLOOSE', `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`)
createToken('XRANGEIDENTIFIER', `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`)

createToken('XRANGEPLAIN', `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:${src[t.PRERELEASE]})?${
                     src[t.BUILD]}?` +
                   `)?)?`)

createToken('XRANGEPLAINLOOSE', `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:${src[t.PRERELEASELOOSE]})?${
                          src[t.BUILD]}?` +
                        `)?)?`)

createToken('XRANGE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`)
createToken('XRANGELOOSE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`)

// Coercion.
// Extract anything that could conceivably be a part of a valid semver
createToken('COERCEPLAIN', `${'(^|[^\\d])' +
              '(\\d{1,'}${MAX_SAFE_COMPONENT_LENGTH}})` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`)
createToken('COERCE', `${src[t.COERCEPLAIN]}(?:$|[^\\d])`)
createToken('COERCEFULL', src[t.COERCEPLAIN] +
              `(?:${src[t.PRERELEASE]})?` +
              `(?:${src[t.BUILD]})?` +
              `(?:$|[^\\d])`)
createToken('COERCERTL', src[t.COERCE], true)
createToken('COERCERTLFULL', src[t.COERCEFULL], true)

// Tilde ranges.
// Meaning is "reasonably at or greater than"
createToken('LONETILDE', '(?:~>?)')

createToken('TILDETRIM', `(\\s*)${src[t.LONETILDE]}\\s+`, true)
exports.tildeTrimReplace = '$1~'

createToken('TILDE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`)
createToken('TILDELOOSE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`)

// Caret ranges.
// Meaning is "at least and backwards compatible with"
createToken('LONECARET', '(?:\\^)')

createToken('CARETTRIM', `(\\s*)${src[t.LONECARET]}\\s+`, true)
exports.caretTrimReplace = '$1^'

createToken('CARET', `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`)
createToken('CARETLOOSE', `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`)

// A simple gt/lt/eq thing, or just "" to indicate "any version"
createToken('COMPARATORLOOSE', `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`)
createToken('COMPARATOR', `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`)

// An expression to strip any whitespace between the gtlt and the thing
// it modifies, so that `> 1.2.3` ==> `>1.2.3`
createToken('COMPARATORTRIM', `(\\s*)${src[t.GTLT]
}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true)
exports.comparatorTrimReplace = '$1$2$3'

// Something like `1.2.3 - 1.2.4`
// Note that these all use the loose form, because they'll be
// checked against either the strict or loose comparator form
// later.
createToken('HYPHENRANGE', `^\\s*(${src[t.XRANGEPLAIN]})` +
                   `\\s+-\\s+` +
                   `(${src[t.XRANGEPLAIN]})` +
                   `\\s*$`)

createToken('HYPHENRANGELOOSE', `^\\s*(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s+-\\s+` +
                        `(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s*$`)

// Star ranges basically just allow anything at all.
createToken('STAR', '(<|>)?=?\\s*\\*')
// >=0.0.0 is like a star
createToken('GTE0', '^\\s*>=\\s*0\\.0\\.0\\s*$')
createToken('GTE0PRE', '^\\s*>=\\s*0\\.0\\.0-0\\s*$')


/***/ }),

/***/ 69737:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

// @ts-check


// Reproduce safeRe[COMPARATORTRIM] replacement boundaries, not version
// validation. Each end-index finder returns an exclusive end, or its start
// on no match.
// Positions count from zero. An end of 3 means characters 0, 1, and 2 were read;
// range.slice(start, end) gives the matched text, not a converted number.
const {
  MAX_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  WHITESPACE_CHARACTERS,
} = __nccwpck_require__(45101)

/**
 * Remembers the last two rows of digits so their characters need not be reread.
 * Positions start at -1 until a row has been found.
 *
 * @typedef {object} DigitRunCache
 * @property {number} start The first character of the most recently found row.
 * @property {number} end The position after that row's last character.
 * @property {number} previousStart The first character of the previous row.
 * @property {number} previousEnd The position after the previous row.
 */

// One entry per UTF-16 code unit keeps membership checks constant-time.
const whitespace = new Uint8Array(0x10000)
for (const char of WHITESPACE_CHARACTERS) {
  whitespace[char.charCodeAt(0)] = 1
}

/**
 * Checks whether a character is whitespace, like a space, tab, or newline.
 * Looking past the end of the string returns false.
 *
 * @param {string|undefined} char One character, or undefined past the string's end.
 * @returns {boolean} Whether the character is whitespace.
 * @example isWhitespace(' ') // true
 * @example isWhitespace('1') // false
 */
const isWhitespace = char =>
  char !== undefined && whitespace[char.charCodeAt(0)] === 1

/**
 * Checks for v, =, or whitespace before the version number.
 * These are historical version prefixes, not range operators:
 * < and > are handled separately, as are tilde and caret ranges.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character can belong to a version prefix.
 * @example isVersionPrefix('=') // true
 * @example isVersionPrefix('>') // false
 */
const isVersionPrefix = char =>
  char === 'v' ||
  char === '=' ||
  isWhitespace(char)

/**
 * Checks whether a character is one of the digits 0 through 9.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character is an ASCII digit.
 * @example isDigit('7') // true
 * @example isDigit('.') // false
 */
const isDigit = char => char !== undefined && char >= '0' && char <= '9'

/**
 * Checks whether a character is an English letter, uppercase or lowercase.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character is an ASCII letter.
 * @example isLetter('b') // true
 * @example isLetter('7') // false
 */
const isLetter = char =>
  char !== undefined && (
    (char >= 'a' && char <= 'z') ||
    (char >= 'A' && char <= 'Z')
  )

/**
 * Checks for a letter, digit, or hyphen: the characters allowed inside
 * prerelease and build names such as beta-1.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character can be part of an identifier.
 * @example isIdentifierCharacter('-') // true
 * @example isIdentifierCharacter('.') // false; dots separate identifiers
 */
const isIdentifierCharacter = char => isDigit(char) || isLetter(char) || char === '-'

/**
 * Checks whether a version component can begin here: with a digit or
 * a wildcard such as x, X, or *.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether a number or wildcard can start with this character.
 * @example isVersionStart('x') // true
 * @example isVersionStart('v') // false; v belongs to the prefix
 */
const isVersionStart = char =>
  isDigit(char) ||
  char === 'x' ||
  char === 'X' ||
  char === '*'

/**
 * Finds the end of a row of digits, but returns no more than limit digits.
 * Remembers the last two rows so looking at them again does not reread them.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of the first character to check.
 * @param {number} limit The most digit characters the returned match can include.
 * @param {DigitRunCache} digitRuns Shared cache of digit-run positions, updated in place.
 * @returns {number} The position after the matched digits, or start if none match.
 * @example findDigitsEndIndex('123abc', 0, 10, digitRuns) // 3, pointing at a
 * @example findDigitsEndIndex('123abc', 0, 2, digitRuns) // 2, pointing at the unread 3
 */
const findDigitsEndIndex = (range, start, limit, digitRuns) => {
  if (!isDigit(range[start])) {
    return start
  }
  if (start >= digitRuns.start && start < digitRuns.end) {
    return Math.min(start + limit, digitRuns.end)
  }
  if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) {
    return Math.min(start + limit, digitRuns.previousEnd)
  }
  let end = start + 1
  while (isDigit(range[end])) {
    end++
  }
  // A failed full version can rewind from its second run to its first.
  digitRuns.previousStart = digitRuns.start
  digitRuns.previousEnd = digitRuns.end
  digitRuns.start = start
  digitRuns.end = end
  return Math.min(start + limit, end)
}

/**
 * Reads a number using the old regex's length and leading-zero rules.
 * Strict mode reads just the first zero in 012; loose mode can read all three.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the number should begin.
 * @param {boolean} loose Whether to allow leading zeros.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched digits, not their numeric value.
 * @example findVersionNumberEndIndex('012', 0, false, digitRuns) // 1
 * @example findVersionNumberEndIndex('012', 0, true, digitRuns) // 3
 */
const findVersionNumberEndIndex = (range, start, loose, digitRuns) => {
  if (!loose && range[start] === '0') {
    return start + 1
  }
  // Strict syntax allows an initial nonzero digit plus MAX_LENGTH digits.
  return findDigitsEndIndex(range, start, loose ? MAX_LENGTH : MAX_LENGTH + 1, digitRuns)
}

/**
 * Reads one piece of a prerelease name, such as beta or 1 in beta.1.
 * Tries the letter-or-hyphen form first, then the number-only form.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the identifier should begin.
 * @param {boolean} loose Whether numeric identifiers may have leading zeros.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the identifier, or start if none matches.
 * @example findPrereleaseIdentifierEndIndex('beta.1', 0, false, digitRuns) // 4, at the dot
 * @example findPrereleaseIdentifierEndIndex('001beta', 0, false, digitRuns) // 7
 */
const findPrereleaseIdentifierEndIndex = (range, start, loose, digitRuns) => {
  const digitsEnd = findDigitsEndIndex(range, start, MAX_LENGTH, digitRuns)
  // The legacy regex tries a nonnumeric identifier before a numeric one.
  if (isLetter(range[digitsEnd]) || range[digitsEnd] === '-') {
    let end = digitsEnd + 1
    const limit = end + MAX_SAFE_BUILD_LENGTH
    while (end < limit && isIdentifierCharacter(range[end])) {
      end++
    }
    return end
  }
  return findVersionNumberEndIndex(range, start, loose, digitRuns)
}

/**
 * Reads a prerelease suffix such as -beta.1, one dot-separated piece at a time.
 * Loose mode also allows the name without its opening hyphen.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the suffix should begin, including -.
 * @param {boolean} loose Whether the opening hyphen is optional and zeros allowed.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched suffix, or start if absent.
 * @example findPrereleaseEndIndex('-beta.1+sha', 0, false, digitRuns) // 7, at the plus
 * @example findPrereleaseEndIndex('beta', 0, false, digitRuns) // 0; no opening hyphen
 */
const findPrereleaseEndIndex = (range, start, loose, digitRuns) => {
  const hyphen = range[start] === '-'
  if (!loose && !hyphen) {
    return start
  }
  const identifierStart = start + (hyphen ? 1 : 0)
  let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns)
  if (end === identifierStart) {
    if (!loose || !hyphen) {
      return start
    }
    // In loose syntax, a lone hyphen can itself be the identifier.
    end = findPrereleaseIdentifierEndIndex(range, start, loose, digitRuns)
  }
  while (range[end] === '.') {
    const next = findPrereleaseIdentifierEndIndex(range, end + 1, loose, digitRuns)
    if (next === end + 1) {
      break
    }
    end = next
  }
  return end
}

/**
 * Reads one build-name piece, such as sha or 123 in +sha.123.
 * Stops at a disallowed character or the old regex's length limit.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the identifier should begin.
 * @returns {number} The position after the identifier, or start if none matches.
 * @example findBuildIdentifierEndIndex('sha.123', 0) // 3, at the dot
 * @example findBuildIdentifierEndIndex('001', 0) // 3; leading zeros are allowed
 */
const findBuildIdentifierEndIndex = (range, start) => {
  let end = start
  while (end - start < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) {
    end++
  }
  return end
}

/**
 * Reads optional build metadata such as +sha.123.
 * Leaves the position unchanged if there is no plus sign followed by a name.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the opening + should be.
 * @returns {number} The position after the matched metadata, or start if absent.
 * @example findBuildEndIndex('+sha.123 <2', 0) // 8, at the space
 * @example findBuildEndIndex('+', 0) // 0; a plus sign alone is not a match
 */
const findBuildEndIndex = (range, start) => {
  if (range[start] !== '+') {
    return start
  }
  let end = findBuildIdentifierEndIndex(range, start + 1)
  if (end === start + 1) {
    return start
  }
  while (range[end] === '.') {
    const next = findBuildIdentifierEndIndex(range, end + 1)
    if (next === end + 1) {
      break
    }
    end = next
  }
  return end
}

/**
 * Reads three numbers separated by dots, then any prerelease and build suffixes.
 * Uses loose rules, so forms such as 01.02.03beta can match here.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of the first number, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the version match, or start if none matches.
 * @example findLooseFullVersionEndIndex('1.2.3-beta+sha <2', 0, digitRuns) // 14
 * @example findLooseFullVersionEndIndex('1.2', 0, digitRuns) // 0; needs three numbers
 */
const findLooseFullVersionEndIndex = (range, start, digitRuns) => {
  let end = start
  for (let component = 0; component < 3; component++) {
    const next = findVersionNumberEndIndex(range, end, true, digitRuns)
    if (next === end) {
      return start
    }
    end = next
    if (component < 2) {
      if (range[end] !== '.') {
        return start
      }
      end++
    }
  }
  const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns)
  return findBuildEndIndex(range, prereleaseEnd)
}

/**
 * Reads one component of a partial or wildcard version, such as 2 or x in 2.x.
 * Numbers use strict leading-zero rules; wildcards take up one character.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the component should begin.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the component, or start if none matches.
 * @example findPartialVersionComponentEndIndex('2.x', 0, digitRuns) // 1, at the dot
 * @example findPartialVersionComponentEndIndex('2.x', 2, digitRuns) // 3, after x
 */
const findPartialVersionComponentEndIndex = (range, start, digitRuns) => {
  if (isDigit(range[start])) {
    return findVersionNumberEndIndex(range, start, false, digitRuns)
  }
  return isVersionStart(range[start]) ? start + 1 : start
}

/**
 * Reads up to three components, allowing forms such as 1, 1.2, or 1.x.
 * After the third component, also reads any strict prerelease and build suffixes.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of a number or wildcard, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched version text.
 * @example findPartialVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
 * @example findPartialVersionEndIndex('1.', 0, digitRuns) // 1; the trailing dot is unread
 */
const findPartialVersionEndIndex = (range, start, digitRuns) => {
  let end = findPartialVersionComponentEndIndex(range, start, digitRuns)
  for (let component = 0; component < 2; component++) {
    if (range[end] !== '.') {
      return end
    }
    const next = findPartialVersionComponentEndIndex(range, end + 1, digitRuns)
    if (next === end + 1) {
      return end
    }
    end = next
  }
  const prereleaseEnd = findPrereleaseEndIndex(range, end, false, digitRuns)
  return findBuildEndIndex(range, prereleaseEnd)
}

/**
 * Finds where a version match ends, without deciding whether the range is valid.
 * Tries a loose full version first, then a partial or wildcard version, just
 * like the old regex's LOOSEPLAIN and XRANGEPLAIN alternatives.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of a number or wildcard, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position where scanning the next candidate can resume.
 * @example findVersionEndIndex('1.2.3 <2', 0, digitRuns) // 5, at the space
 * @example findVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
 */
const findVersionEndIndex = (range, start, digitRuns) => {
  const fullVersionEnd = findLooseFullVersionEndIndex(range, start, digitRuns)
  return fullVersionEnd !== start
    ? fullVersionEnd
    : findPartialVersionEndIndex(range, start, digitRuns)
}

/**
 * Finds the one whitespace character the old replacement would remove.
 * Keeps leading whitespace, skips an optional operator, and checks immediately
 * after it. Returns -1 if there is nothing to remove.
 *
 * @param {string} range The text containing a candidate already found by the caller.
 * @param {number} matchStart The candidate's position, including leading whitespace.
 * @returns {number} The position of the removable whitespace, or -1 if absent.
 * @example findRemovableWhitespaceIndex(' > 1', 0) // 2; keep the space at position 0
 * @example findRemovableWhitespaceIndex('>1', 0) // -1
 */
const findRemovableWhitespaceIndex = (range, matchStart) => {
  let position = matchStart
  if (isWhitespace(range[position])) {
    position++
  }
  if (range[position] === '<' || range[position] === '>') {
    position++
  }
  if (range[position] === '=') {
    position++
  }
  return isWhitespace(range[position]) ? position : -1
}

/**
 * Joins an operator to its version, turning > 1.2.3 into >1.2.3.
 * Copies everything else according to the old regex's matching rules.
 * Moves forward through prefixes and whole versions to avoid repeatedly
 * searching the same characters on long inputs.
 *
 * @param {string} range The range text to process; the original string is unchanged.
 * @returns {string} The range with matched operator whitespace removed.
 * @example trimComparatorWhitespace('> 1.2.3 < 2') // '>1.2.3 <2'
 * @example trimComparatorWhitespace('> invalid') // '> invalid'
 */
const trimComparatorWhitespace = range => {
  let result = ''
  let copyFrom = 0
  let cursor = 0
  const digitRuns = { start: -1, end: -1, previousStart: -1, previousEnd: -1 }

  while (cursor < range.length) {
    const matchStart = cursor
    if (range[cursor] === '<' || range[cursor] === '>') {
      cursor++
    } else if (!isVersionPrefix(range[cursor]) && !isVersionStart(range[cursor])) {
      cursor++
      continue
    }

    // Consume a v/=/whitespace run once, even when no version follows it.
    while (cursor < range.length && isVersionPrefix(range[cursor])) {
      cursor++
    }
    if (!isVersionStart(range[cursor])) {
      continue
    }

    const whitespacePosition = findRemovableWhitespaceIndex(range, matchStart)
    if (whitespacePosition !== -1) {
      result += range.slice(copyFrom, whitespacePosition)
      copyFrom = whitespacePosition + 1
    }

    // Skip the entire match, so a prerelease's trailing v cannot be
    // reconsidered as the prefix of another version.
    cursor = findVersionEndIndex(range, cursor, digitRuns)
  }

  return result + range.slice(copyFrom)
}

module.exports = trimComparatorWhitespace


/***/ }),

/***/ 12276:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// Determine if version is greater than all the versions possible in the range.
const outside = __nccwpck_require__(10280)
const gtr = (version, range, options) => outside(version, range, '>', options)
module.exports = gtr


/***/ }),

/***/ 23465:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(96782)
const intersects = (r1, r2, options) => {
  r1 = new Range(r1, options)
  r2 = new Range(r2, options)
  return r1.intersects(r2, options)
}
module.exports = intersects


/***/ }),

/***/ 15213:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const outside = __nccwpck_require__(10280)
// Determine if version is less than all the versions possible in the range
const ltr = (version, range, options) => outside(version, range, '<', options)
module.exports = ltr


/***/ }),

/***/ 73193:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(96782)

const maxSatisfying = (versions, range, options) => {
  let max = null
  let maxSV = null
  let rangeObj = null
  try {
    rangeObj = new Range(range, options)
  } catch (er) {
    return null
  }
  versions.forEach((v) => {
    if (rangeObj.test(v)) {
      // satisfies(v, range, options)
      if (!max || maxSV.compare(v) === -1) {
        // compare(max, v, true)
        max = v
        maxSV = new SemVer(max, options)
      }
    }
  })
  return max
}
module.exports = maxSatisfying


/***/ }),

/***/ 68595:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(96782)
const minSatisfying = (versions, range, options) => {
  let min = null
  let minSV = null
  let rangeObj = null
  try {
    rangeObj = new Range(range, options)
  } catch (er) {
    return null
  }
  versions.forEach((v) => {
    if (rangeObj.test(v)) {
      // satisfies(v, range, options)
      if (!min || minSV.compare(v) === 1) {
        // compare(min, v, true)
        min = v
        minSV = new SemVer(min, options)
      }
    }
  })
  return min
}
module.exports = minSatisfying


/***/ }),

/***/ 51866:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(96782)
const gt = __nccwpck_require__(16599)

const minVersion = (range, loose) => {
  range = new Range(range, loose)

  let minver = new SemVer('0.0.0')
  if (range.test(minver)) {
    return minver
  }

  minver = new SemVer('0.0.0-0')
  if (range.test(minver)) {
    return minver
  }

  minver = null
  for (let i = 0; i < range.set.length; ++i) {
    const comparators = range.set[i]

    let setMin = null
    comparators.forEach((comparator) => {
      // Clone to avoid manipulating the comparator's semver object.
      const compver = new SemVer(comparator.semver.version)
      switch (comparator.operator) {
        case '>':
          if (compver.prerelease.length === 0) {
            compver.patch++
          } else {
            compver.prerelease.push(0)
          }
          compver.raw = compver.format()
          /* fallthrough */
        case '':
        case '>=':
          if (!setMin || gt(compver, setMin)) {
            setMin = compver
          }
          break
        case '<':
        case '<=':
          /* Ignore maximum versions */
          break
        /* istanbul ignore next */
        default:
          throw new Error(`Unexpected operation: ${comparator.operator}`)
      }
    })
    if (setMin && (!minver || gt(minver, setMin))) {
      minver = setMin
    }
  }

  if (minver && range.test(minver)) {
    return minver
  }

  return null
}
module.exports = minVersion


/***/ }),

/***/ 10280:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Comparator = __nccwpck_require__(89379)
const { ANY } = Comparator
const Range = __nccwpck_require__(96782)
const satisfies = __nccwpck_require__(68011)
const gt = __nccwpck_require__(16599)
const lt = __nccwpck_require__(3872)
const lte = __nccwpck_require__(56717)
const gte = __nccwpck_require__(41236)

const outside = (version, range, hilo, options) => {
  version = new SemVer(version, options)
  range = new Range(range, options)

  let gtfn, ltefn, ltfn, comp, ecomp
  switch (hilo) {
    case '>':
      gtfn = gt
      ltefn = lte
      ltfn = lt
      comp = '>'
      ecomp = '>='
      break
    case '<':
      gtfn = lt
      ltefn = gte
      ltfn = gt
      comp = '<'
      ecomp = '<='
      break
    default:
      throw new TypeError('Must provide a hilo val of "<" or ">"')
  }

  // If it satisfies the range it is not outside
  if (satisfies(version, range, options)) {
    return false
  }

  // From now on, variable terms are as if we're in "gtr" mode.
  // but note that everything is flipped for the "ltr" function.

  for (let i = 0; i < range.set.length; ++i) {
    const comparators = range.set[i]

    let high = null
    let low = null

    comparators.forEach((comparator) => {
      if (comparator.semver === ANY) {
        comparator = new Comparator('>=0.0.0')
      }
      high = high || comparator
      low = low || comparator
      if (gtfn(comparator.semver, high.semver, options)) {
        high = comparator
      } else if (ltfn(comparator.semver, low.semver, options)) {
        low = comparator
      }
    })

    // If the edge version comparator has a operator then our version
    // isn't outside it
    if (high.operator === comp || high.operator === ecomp) {
      return false
    }

    // If the lowest version comparator has an operator and our version
    // is less than it then it isn't higher than the range
    if ((!low.operator || low.operator === comp) &&
        ltefn(version, low.semver)) {
      return false
    } else if (low.operator === ecomp && ltfn(version, low.semver)) {
      return false
    }
  }
  return true
}

module.exports = outside


/***/ }),

/***/ 82028:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// given a set of versions and a range, create a "simplified" range
// that includes the same versions that the original range does
// If the original range is shorter than the simplified one, return that.
const satisfies = __nccwpck_require__(68011)
const compare = __nccwpck_require__(78469)
module.exports = (versions, range, options) => {
  const set = []
  let first = null
  let prev = null
  const v = versions.sort((a, b) => compare(a, b, options))
  for (const version of v) {
    const included = satisfies(version, range, options)
    if (included) {
      prev = version
      if (!first) {
        first = version
      }
    } else {
      if (prev) {
        set.push([first, prev])
      }
      prev = null
      first = null
    }
  }
  if (first) {
    set.push([first, null])
  }

  const ranges = []
  for (const [min, max] of set) {
    if (min === max) {
      ranges.push(min)
    } else if (!max && min === v[0]) {
      ranges.push('*')
    } else if (!max) {
      ranges.push(`>=${min}`)
    } else if (min === v[0]) {
      ranges.push(`<=${max}`)
    } else {
      ranges.push(`${min} - ${max}`)
    }
  }
  const simplified = ranges.join(' || ')
  const original = typeof range.raw === 'string' ? range.raw : String(range)
  return simplified.length < original.length ? simplified : range
}


/***/ }),

/***/ 61489:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(96782)
const Comparator = __nccwpck_require__(89379)
const { ANY } = Comparator
const satisfies = __nccwpck_require__(68011)
const compare = __nccwpck_require__(78469)

// Complex range `r1 || r2 || ...` is a subset of `R1 || R2 || ...` iff:
// - Every simple range `r1, r2, ...` is a null set, OR
// - Every simple range `r1, r2, ...` which is not a null set is a subset of
//   some `R1, R2, ...`
//
// Simple range `c1 c2 ...` is a subset of simple range `C1 C2 ...` iff:
// - If c is only the ANY comparator
//   - If C is only the ANY comparator, return true
//   - Else if in prerelease mode, return false
//   - else replace c with `[>=0.0.0]`
// - If C is only the ANY comparator
//   - if in prerelease mode, return true
//   - else replace C with `[>=0.0.0]`
// - Let EQ be the set of = comparators in c
// - If EQ is more than one, return true (null set)
// - Let GT be the highest > or >= comparator in c
// - Let LT be the lowest < or <= comparator in c
// - If GT and LT, and GT.semver > LT.semver, return true (null set)
// - If any C is a = range, and GT or LT are set, return false
// - If EQ
//   - If GT, and EQ does not satisfy GT, return true (null set)
//   - If LT, and EQ does not satisfy LT, return true (null set)
//   - If EQ satisfies every C, return true
//   - Else return false
// - If GT
//   - If GT.semver is lower than any > or >= comp in C, return false
//   - If GT is >=, and GT.semver does not satisfy every C, return false
//   - If GT.semver has a prerelease, and not in prerelease mode
//     - If no C has a prerelease and the GT.semver tuple, return false
// - If LT
//   - If LT.semver is greater than any < or <= comp in C, return false
//   - If LT is <=, and LT.semver does not satisfy every C, return false
//   - If LT.semver has a prerelease, and not in prerelease mode
//     - If no C has a prerelease and the LT.semver tuple, return false
// - Else return true

const subset = (sub, dom, options = {}) => {
  if (sub === dom) {
    return true
  }

  sub = new Range(sub, options)
  dom = new Range(dom, options)
  let sawNonNull = false

  OUTER: for (const simpleSub of sub.set) {
    for (const simpleDom of dom.set) {
      const isSub = simpleSubset(simpleSub, simpleDom, options)
      sawNonNull = sawNonNull || isSub !== null
      if (isSub) {
        continue OUTER
      }
    }
    // the null set is a subset of everything, but null simple ranges in
    // a complex range should be ignored.  so if we saw a non-null range,
    // then we know this isn't a subset, but if EVERY simple range was null,
    // then it is a subset.
    if (sawNonNull) {
      return false
    }
  }
  return true
}

const minimumVersionWithPreRelease = [new Comparator('>=0.0.0-0')]
const minimumVersion = [new Comparator('>=0.0.0')]

const simpleSubset = (sub, dom, options) => {
  if (sub === dom) {
    return true
  }

  if (sub.length === 1 && sub[0].semver === ANY) {
    if (dom.length === 1 && dom[0].semver === ANY) {
      return true
    } else if (options.includePrerelease) {
      sub = minimumVersionWithPreRelease
    } else {
      sub = minimumVersion
    }
  }

  if (dom.length === 1 && dom[0].semver === ANY) {
    if (options.includePrerelease) {
      return true
    } else {
      dom = minimumVersion
    }
  }

  const eqSet = new Set()
  let gt, lt
  for (const c of sub) {
    if (c.operator === '>' || c.operator === '>=') {
      gt = higherGT(gt, c, options)
    } else if (c.operator === '<' || c.operator === '<=') {
      lt = lowerLT(lt, c, options)
    } else {
      eqSet.add(c.semver)
    }
  }

  if (eqSet.size > 1) {
    return null
  }

  let gtltComp
  if (gt && lt) {
    gtltComp = compare(gt.semver, lt.semver, options)
    if (gtltComp > 0) {
      return null
    } else if (gtltComp === 0 && (gt.operator !== '>=' || lt.operator !== '<=')) {
      return null
    }
  }

  // will iterate one or zero times
  for (const eq of eqSet) {
    if (gt && !satisfies(eq, String(gt), options)) {
      return null
    }

    if (lt && !satisfies(eq, String(lt), options)) {
      return null
    }

    for (const c of dom) {
      if (!satisfies(eq, String(c), options)) {
        return false
      }
    }

    return true
  }

  let higher, lower
  let hasDomLT, hasDomGT
  // if the subset has a prerelease, we need a comparator in the superset
  // with the same tuple and a prerelease, or it's not a subset
  let needDomLTPre = lt &&
    !options.includePrerelease &&
    lt.semver.prerelease.length ? lt.semver : false
  let needDomGTPre = gt &&
    !options.includePrerelease &&
    gt.semver.prerelease.length ? gt.semver : false
  // exception: <1.2.3-0 is the same as <1.2.3
  if (needDomLTPre && needDomLTPre.prerelease.length === 1 &&
      lt.operator === '<' && needDomLTPre.prerelease[0] === 0) {
    needDomLTPre = false
  }

  for (const c of dom) {
    hasDomGT = hasDomGT || c.operator === '>' || c.operator === '>='
    hasDomLT = hasDomLT || c.operator === '<' || c.operator === '<='
    if (gt) {
      if (needDomGTPre) {
        if (c.semver.prerelease && c.semver.prerelease.length &&
            c.semver.major === needDomGTPre.major &&
            c.semver.minor === needDomGTPre.minor &&
            c.semver.patch === needDomGTPre.patch) {
          needDomGTPre = false
        }
      }
      if (c.operator === '>' || c.operator === '>=') {
        higher = higherGT(gt, c, options)
        if (higher === c && higher !== gt) {
          return false
        }
      } else if (gt.operator === '>=' && !c.test(gt.semver)) {
        return false
      }
    }
    if (lt) {
      if (needDomLTPre) {
        if (c.semver.prerelease && c.semver.prerelease.length &&
            c.semver.major === needDomLTPre.major &&
            c.semver.minor === needDomLTPre.minor &&
            c.semver.patch === needDomLTPre.patch) {
          needDomLTPre = false
        }
      }
      if (c.operator === '<' || c.operator === '<=') {
        lower = lowerLT(lt, c, options)
        if (lower === c && lower !== lt) {
          return false
        }
      } else if (lt.operator === '<=' && !c.test(lt.semver)) {
        return false
      }
    }
    if (!c.operator && (lt || gt) && gtltComp !== 0) {
      return false
    }
  }

  // if there was a < or >, and nothing in the dom, then must be false
  // UNLESS it was limited by another range in the other direction.
  // Eg, >1.0.0 <1.0.1 is still a subset of <2.0.0
  if (gt && hasDomLT && !lt && gtltComp !== 0) {
    return false
  }

  if (lt && hasDomGT && !gt && gtltComp !== 0) {
    return false
  }

  // we needed a prerelease range in a specific tuple, but didn't get one
  // then this isn't a subset.  eg >=1.2.3-pre is not a subset of >=1.0.0,
  // because it includes prereleases in the 1.2.3 tuple
  if (needDomGTPre || needDomLTPre) {
    return false
  }

  return true
}

// >=1.2.3 is lower than >1.2.3
const higherGT = (a, b, options) => {
  if (!a) {
    return b
  }
  const comp = compare(a.semver, b.semver, options)
  return comp > 0 ? a
    : comp < 0 ? b
    : b.operator === '>' && a.operator === '>=' ? b
    : a
}

// <=1.2.3 is higher than <1.2.3
const lowerLT = (a, b, options) => {
  if (!a) {
    return b
  }
  const comp = compare(a.semver, b.semver, options)
  return comp < 0 ? a
    : comp > 0 ? b
    : b.operator === '<' && a.operator === '<=' ? b
    : a
}

module.exports = subset


/***/ }),

/***/ 54750:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(96782)

// Mostly just for testing and legacy API reasons
const toComparators = (range, options) =>
  new Range(range, options).set
    .map(comp => comp.map(c => c.value).join(' ').trim().split(' '))

module.exports = toComparators


/***/ }),

/***/ 64737:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(96782)
const validRange = (range, options) => {
  try {
    // Return '*' instead of '' so that truthiness works.
    // This will throw if it's invalid anyway
    return new Range(range, options).range || '*'
  } catch (er) {
    return null
  }
}
module.exports = validRange


/***/ }),

/***/ 26591:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



/* unused reexport */ __nccwpck_require__(5335);
exports.parse = __nccwpck_require__(42696);


/***/ }),

/***/ 42696:
/***/ ((module) => {



/**
 * @import {
 * 	ControlOperator,
 * 	Env,
 * 	GlobPattern,
 * 	ParseEntry,
 * } from './parse' */

// '<(' and '>(' are process substitution operators and
// can be parsed the same as control operator
var CONTROL = /** @type {const} */ ('(?:') + /** @type {const} */ ([
	'\\|\\|',
	'\\&(?:\\&|>>?)', // `&&`, `&>`, and `&>>`
	';;\\&?', // `;;` and `;;&`
	'[;|]\\&', // `;&` and `|&`
	'\\<\\(',
	'\\<\\<\\<',
	'\\<\\<-',
	'\\<\\<(?!\\()', // `<<(` stays `<` and `<(`, as zsh reads it; other shells reject it
	'>>',
	'>[&|(]', // `>&`, `>|`, and `>(`
	'<[&>]', // `<&` and `<>`
	'[&;()|<>]'
]).join(/** @type {const} */ ('|')) + /** @type {const} */ (')');
var controlRE = new RegExp('^' + CONTROL + '$');
var META = /** @type {const} */ ('|&;()<> \\t');
var SINGLE_QUOTE = /** @type {const} */ ('\'([^\']*?)\'');
// bash ANSI-C quoting, `$'...'`: a backslash escapes the next character, including `'`
var ANSI_C_BODY = '(?:\\\\[\\s\\S]|[^\\\\\'])*?';
var ANSI_C_QUOTE = '\\$\'' + ANSI_C_BODY + '\'';
var ansiCAt = new RegExp('\\$\'' + ANSI_C_BODY + '(?:(\')|\\\\?$)', 'g');
var ANSI_C_LETTERS = 'abeEfnrtv';
var ANSI_C_CHARS = '\x07\b\x1B\x1B\f\n\r\t\v';
var hash = /^#$/;

var SQ = /** @type {const} */ ("'");
var DQ = /** @type {const} */ ('"');
var DS = /** @type {const} */ ('$');

var TOKEN = '';
var mult = /** @type {const} */ (0x100000000); // Math.pow(16, 8);
for (var i = 0; i < 4; i++) {
	TOKEN += (mult * Math.random()).toString(16);
}
var startsWithToken = new RegExp('^' + TOKEN);

/**
 * @param {string} s
 * @param {RegExp} r
 */
function matchAll(s, r) {
	var origIndex = r.lastIndex;

	var matches = [];
	var matchObj;

	while ((matchObj = r.exec(s))) {
		matches[matches.length] = matchObj;
		if (r.lastIndex === matchObj.index) {
			r.lastIndex += 1;
		}
	}

	r.lastIndex = origIndex;

	return matches;
}

/**
 * @param {Env} env
 * @param {string} pre
 * @param {string} key
 */
function getVar(env, pre, key) {
	var r = typeof env === 'function' ? env(key) : env[key];
	if (typeof r === 'undefined' && key != '') {
		r = '';
	} else if (typeof r === 'undefined') {
		r = '$';
	}

	if (typeof r === 'object') {
		return pre + TOKEN + JSON.stringify(r) + TOKEN;
	}
	return pre + r;
}

var ansiCEscape = /\\([0-7]{1,3}|x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8}|c(?:\\\\|[\s\S])|[abeEfnrtv\\'"?])/g;

/**
 * @param {string} m
 * @param {string} escape
 */
function expandAnsiCEscape(m, escape) {
	var kind = escape.charAt(0);
	if (kind === 'c') {
		var ctrl = escape.charAt(1);
		return ctrl === '?' ? '\x7F' : String.fromCharCode(ctrl.charCodeAt(0) & 0x1F);
	}
	if (kind === 'x' || kind === 'u' || kind === 'U') {
		var cp = parseInt(escape.slice(1), 16);
		if (cp > 0x10FFFF) {
			return m;
		}
		return String.fromCharCode.apply(null, cp > 0xFFFF ? [0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF)] : [cp]);
	}
	if (kind >= '0' && kind <= '7') {
		return String.fromCharCode(parseInt(escape, 8) & 0xFF);
	}
	var letter = ANSI_C_LETTERS.indexOf(escape);
	return letter < 0 ? escape : ANSI_C_CHARS.charAt(letter);
}

/** @param {string} body */
function expandAnsiC(body) {
	return body.replace(ansiCEscape, expandAnsiCEscape).split('\0')[0]; // like bash, a NUL ends the string
}

/**
 * @param {string} s
 * @param {number} i
 */
function closesAnsiC(s, i) {
	ansiCAt.lastIndex = i;
	return !!(/** @type {RegExpExecArray} */ (ansiCAt.exec(s)))[1];
}

/**
 * @param {string} string
 * @param {Env} [env]
 * @param {{ escape?: string, splitUnquoted?: boolean | string }} [opts]
 * @returns {ParseEntry[]}
 */
function parseInternal(string, env, opts) {
	if (!opts) {
		opts = {};
	}
	var BS = opts.escape || '\\';
	var ifs = opts.splitUnquoted === true ? ' \t\n' : (typeof opts.splitUnquoted === 'string' ? opts.splitUnquoted : '');
	var BAREWORD = '(\\' + BS + '[\'"$\\' + BS + META + ']|\\$\\$|\\$(?!' + ANSI_C_QUOTE.slice(2) + ')|[^\\s\'"$' + META + '])+';
	var DOUBLE_QUOTE = '"(?:\\' + BS + '[\\s\\S]|[^"\\' + BS + '])*"';

	var chunker = new RegExp([
		'(' + CONTROL + ')', // control chars
		'(' + ANSI_C_QUOTE + '|' + BAREWORD + '|' + DOUBLE_QUOTE + '|' + SINGLE_QUOTE + ')+'
	].join('|'), 'g');

	var matches = matchAll(string, chunker);

	if (matches.length === 0) {
		return [];
	}
	if (!env) {
		env = {};
	}

	var commented = false;

	return matches.map(function (match) {
		var s = match[0];
		if (!s || commented) {
			return void undefined;
		}
		if (controlRE.test(s)) {
			return /** @type {ControlOperator} */ ({ op: s });
		}

		// Hand-written scanner/parser for Bash quoting rules:
		//
		// 1. inside single quotes, all characters are printed literally.
		// 2. inside double quotes, all characters are printed literally
		//    except variables prefixed by '$' and backslashes followed by
		//    either a double quote or another backslash.
		// 3. outside of any quotes, backslashes are treated as escape
		//    characters and not printed (unless they are themselves escaped)
		// 4. quote context can switch mid-token if there is no whitespace
		//     between the two quote contexts (e.g. all'one'"token" parses as
		//     "allonetoken")
		/** @type {string | boolean} */
		var quote = false;
		var esc = false;
		var out = '';
		/** @type {string[]} */
		var words = [];
		var sawQuote = false;
		/** @type {number | null} */
		var pendingNw = null;
		var isGlob = false;
		/** @type {number} */
		var i;

		function parseEnvVar() {
			i += 1;
			/** @type {number | RegExpMatchArray | null} */
			var varend;
			/** @type {string} */
			var varname;
			var char = s.charAt(i);

			if (char === '{') {
				i += 1;
				if (s.charAt(i) === '}') {
					throw new Error('Bad substitution: ' + s.slice(i - 2, i + 1));
				}
				// match braces by depth so a nested `${` keeps its inner `}` from ending the outer substitution
				var depth = 1;
				varend = i;
				while (depth > 0 && varend < s.length) {
					if (s.charAt(varend) === '{' && s.charAt(varend - 1) === '$') {
						depth += 1;
					} else if (s.charAt(varend) === '}') {
						depth -= 1;
					}
					varend += 1;
				}
				if (depth !== 0) {
					throw new Error('Bad substitution: ' + s.slice(i));
				}
				varend -= 1;
				varname = s.slice(i, varend);
				i = varend;
			} else if ((/[*@#?$!-]/).test(char)) {
				varname = char;
			} else {
				var slicedFromI = s.slice(i);
				varend = slicedFromI.match(/[^\w\d_]/);
				if (!varend) {
					varname = slicedFromI;
					i = s.length;
				} else {
					varname = slicedFromI.slice(0, varend.index);
					i += /** @type {number} */ (varend.index) - 1;
				}
			}
			return getVar(/** @type {NonNullable<typeof env>} */ (env), '', varname);
		}

		function flushRun() {
			if (pendingNw === null) {
				return;
			}
			if (pendingNw === 0) {
				if (out !== '') {
					words[words.length] = out;
					out = '';
				}
			} else {
				words[words.length] = out;
				out = '';
				for (var fe = 1; fe < pendingNw; fe += 1) {
					words[words.length] = '';
				}
			}
			pendingNw = null;
		}

		for (i = 0; i < s.length; i++) {
			var c = s.charAt(i);
			if (ifs && c !== DS) {
				flushRun();
			}
			isGlob = isGlob || (!quote && (c === '*' || c === '?'));
			if (esc) {
				out += c;
				esc = false;
			} else if (quote) {
				if (c === quote) {
					quote = false;
				} else if (quote == SQ) {
					out += c;
				} else { // Double quote
					if (c === BS) {
						i += 1;
						c = s.charAt(i);
						if (c === DQ || c === BS || c === DS) {
							out += c;
						} else {
							out += BS + c;
						}
					} else if (c === DS) {
						out += parseEnvVar();
					} else {
						out += c;
					}
				}
			} else if (c === DQ || c === SQ) {
				quote = c;
				sawQuote = true;
			} else if (controlRE.test(c)) {
				return /** @type {ControlOperator} */ ({ op: s });
			} else if (hash.test(c)) {
				commented = true;
				var commentObj = { comment: string.slice(match.index + i + 1) };
				if (out.length) {
					return /** @type {const} */ ([out, commentObj]);
				}
				return /** @type {const} */ ([commentObj]);
			} else if (c === BS) {
				esc = true;
			} else if (c === DS && s.charAt(i + 1) === SQ && closesAnsiC(s, i)) {
				flushRun();
				sawQuote = true;
				out += expandAnsiC(s.slice(i + 2, ansiCAt.lastIndex - 1));
				i = ansiCAt.lastIndex - 1;
			} else if (c === DS) {
				var value = parseEnvVar();
				if (!ifs) {
					out += value;
				} else {
					for (var vi = 0; vi < value.length; vi += 1) {
						var vc = value.charAt(vi);
						if (ifs.indexOf(vc) < 0) {
							flushRun();
							out += vc;
						} else if (pendingNw === null) {
							pendingNw = vc === ' ' || vc === '\t' || vc === '\n' ? 0 : 1;
						} else if (vc !== ' ' && vc !== '\t' && vc !== '\n') {
							pendingNw += 1;
						}
					}
				}
			} else {
				out += c;
			}
		}

		if (isGlob) {
			return /** @type {GlobPattern} */ ({ op: 'glob', pattern: out });
		}

		if (ifs) {
			if (pendingNw !== null && pendingNw > 0) {
				words[words.length] = out;
				out = '';
				for (var te = 1; te < pendingNw; te += 1) {
					words[words.length] = '';
				}
			}
			if (out !== '' || (sawQuote && words.length === 0)) {
				words[words.length] = out;
			}
			return words;
		}

		return out;
	}).reduce(function (prev, arg) { // finalize parsed arguments
		if (typeof arg === 'undefined') {
			return prev;
		}
		/** @type {ParseEntry[]} */ ([]).concat(arg).forEach(function (entry) {
			prev[prev.length] = entry;
		});
		return prev;
	}, /** @type {ParseEntry[]} */ ([]));
}

/** @type {typeof import('./parse')} */
module.exports = function parse(s, env, opts) {
	var mapped = parseInternal(s, env, opts);
	if (typeof env !== 'function') {
		return mapped;
	}
	return mapped.reduce(function (acc, s) {
		if (typeof s === 'object') {
			acc[acc.length] = s;
			return acc;
		}
		var xs = s.split(RegExp('(' + TOKEN + '.*?' + TOKEN + ')', 'g'));
		if (xs.length === 1) {
			acc[acc.length] = xs[0];
			return acc;
		}
		xs.filter(Boolean).forEach(function (x) {
			acc[acc.length] = startsWithToken.test(x)
				? JSON.parse(x.split(TOKEN)[1])
				: x;
		});
		return acc;
	}, /** @type {ParseEntry[]} */ ([]));
};


/***/ }),

/***/ 5335:
/***/ ((module) => {



/** @import { ControlOperator } from './parse' */

/** @type {ControlOperator['op'][]} */
var OPS = /** @type {const} */ ([
	'||',
	'&&',
	';;&',
	';;',
	';&',
	'|&',
	'<(',
	'>(',
	'<<<',
	'<<-',
	'<<',
	'>>',
	'>&',
	'>|',
	'&>>',
	'&>',
	'<&',
	'<>',
	'&',
	';',
	'(',
	')',
	'|',
	'<',
	'>'
]);
var LINE_TERMINATORS = /[\n\r\u2028\u2029]/;
var GLOB_SHELL_SPECIAL = /[\s#!"$&'():;<=>@\\^`|~]/g;

/** @type {typeof import('./quote')} */
module.exports = function quote(xs) {
	var sawComment = false;
	return xs.map(function (s) {
		if (sawComment && typeof s === 'string' && LINE_TERMINATORS.test(s)) {
			throw new TypeError('a token after a `comment` must not contain line terminators');
		}
		if (s === '') {
			return /** @type {const} */ ('\'\'');
		}
		if (s && typeof s === 'object') {
			if ('op' in s && s.op === 'glob') {
				if (typeof s.pattern !== 'string') {
					throw new TypeError('glob token requires a string `pattern`');
				}
				if (LINE_TERMINATORS.test(s.pattern)) {
					throw new TypeError('glob `pattern` must not contain line terminators');
				}
				if (s.pattern === '') {
					return /** @type {const} */ ('\'\'');
				}
				return s.pattern.replace(GLOB_SHELL_SPECIAL, '\\$&');
			}
			if ('op' in s && typeof s.op === 'string') {
				if (OPS.indexOf(s.op) < 0) {
					throw new TypeError('invalid `op` value: ' + JSON.stringify(s.op));
				}
				return s.op.replace(/[\s\S]/g, '\\$&');
			}
			if ('comment' in s && typeof s.comment === 'string') {
				if (LINE_TERMINATORS.test(s.comment)) {
					throw new TypeError('`comment` must not contain line terminators');
				}
				sawComment = true;
				return '#' + s.comment;
			}
			throw new TypeError('unrecognized object token shape');
		}
		if ((/'/).test(s) && (/!/).test(s)) {
			return "'" + s.replace(/'/g, "'\"'\"'") + "'";
		}
		if ((/["\s\\]/).test(s) && !(/'/).test(s)) {
			return "'" + s + "'";
		}
		if ((/["'\s]/).test(s)) {
			return '"' + s.replace(/(["\\$`])/g, '\\$1') + '"';
		}
		return String(s).replace(/([A-Za-z]:)?([#!"$&'()*,:;<=>?@[\\\]^`{|}~])/g, '$1\\$2');
	}).join(' ');
};


/***/ }),

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 35317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 76982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 72250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 91943:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs/promises");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 85675:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http2");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 34589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 31421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 37540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 53053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 40610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 78474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 73024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 51455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 44708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 48161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 76760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 41792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 37830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 46193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 58500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 73429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 16928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 83480:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("querystring");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 16460:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers/promises");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 52018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 87016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 28167:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("worker_threads");

/***/ }),

/***/ 43106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 81294:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ missingToAttest)
/* harmony export */ });
/** Where GitHub has a Sigstore of its own: https://docs.github.com/actions/concepts/security/artifact-attestations */
const attesting = /^https:\/\/(github\.com|[a-z0-9-]+\.ghe\.com)$/;
/**
 * Why this run cannot sign, as far as that is known before anything is done; undefined when it can, or has nothing to
 * sign as nothing is pushed. What the token of the job may is known only when it is used.
 */
function missingToAttest(attest, push, event, env, token) {
    if (attest === 'off' || !push.push)
        return undefined;
    const problem = (reason, example) => ({ input: 'attest', value: attest, reason, example });
    if (event.source === 'git')
        return problem('and this is no job of GitHub Actions, which alone has an identity to sign with', 'attest: off');
    if (!attesting.test(event.serverUrl))
        return problem(`and ${event.serverUrl} has no attestations: only github.com and ghe.com do`, 'attest: off');
    if (!env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
        return problem('and the job may not ask for an identity to sign with: it lacks the permission id-token: write', 'permissions: { id-token: write, attestations: write }');
    if (!token)
        return problem('and there is no github-token to store it with', 'github-token: ${{ github.token }}');
    return undefined;
}


/***/ }),

/***/ 27080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Rb: () => (/* binding */ imageOutput),
/* harmony export */   oO: () => (/* binding */ isOci),
/* harmony export */   v$: () => (/* binding */ buildArgv)
/* harmony export */ });
/* harmony import */ var _cache_arguments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63377);
/* harmony import */ var _csv_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(44012);
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(10350);



/** Whether the image has OCI types, annotations and zstd: everything but the engine's own builder on the classic store. */
const isOci = ({ store, layoutFolder }) => store === 'containerd' || layoutFolder !== undefined;
/**
 * Straight into the engine's image store, under a name that is the run's own, so that runs beside each other share
 * nothing; it is not part of the image. Without one, two builds of the same bits at once fail: the containerd store
 * files both under `moby-dangling@sha256:…`, "already exists". zstd needs OCI media types; base layers keep their
 * bytes (no force-compression). Another builder writes the same as files, each blob once: a tarball takes longer.
 */
function imageOutput({ store, localName, layoutFolder, rewritesTimes, build, }) {
    const { compression } = (0,_options_js__WEBPACK_IMPORTED_MODULE_1__/* .chooseCompression */ .gS)(build.options.compression, build.dockerfile, build.target, build.args);
    if (layoutFolder !== undefined)
        return [
            'type=oci',
            `dest=${layoutFolder}`,
            'tar=false',
            `compression=${compression}`,
            ...(rewritesTimes ? ['rewrite-timestamp=true'] : []),
        ]
            .map(_csv_js__WEBPACK_IMPORTED_MODULE_2__/* .csvField */ .X)
            .join(',');
    return `type=image,name=${localName}${store === 'containerd' ? `,compression=${compression},oci-mediatypes=true` : ''}`;
}
/** The one build. */
function buildArgv(request) {
    const { build, labels, annotations = [] } = request;
    const { options } = build;
    const { from, to } = (0,_cache_arguments_js__WEBPACK_IMPORTED_MODULE_0__/* .cacheArguments */ .p)(request.cache, request.cacheFolders);
    return [
        ...['docker', 'buildx', 'build', '--builder', request.builder, '--progress', 'rawjson'],
        ...[`--provenance=${options.provenance}`, `--sbom=${options.sbom}`],
        ...['--output', imageOutput(request), '--metadata-file', request.metadataFile],
        ...['--file', build.file],
        ...(options.platforms.length === 0 ? [] : ['--platform', options.platforms.join(',')]),
        ...(build.target === undefined ? [] : ['--target', build.target]),
        ...Object.entries(build.args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
        ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
        ...(isOci(request) ? annotations : []).flatMap((annotation) => ['--annotation', annotation]),
        ...(0,_options_js__WEBPACK_IMPORTED_MODULE_1__/* .optionArguments */ ._k)(options),
        ...from.flatMap((entry) => ['--cache-from', entry]),
        ...to.flatMap((entry) => ['--cache-to', entry]),
        build.context,
    ];
}


/***/ }),

/***/ 18839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ie: () => (/* binding */ bakeTargets),
/* harmony export */   dg: () => (/* binding */ isScratchStage),
/* harmony export */   k: () => (/* binding */ bakeArgv),
/* harmony export */   xs: () => (/* binding */ bakeDefinition)
/* harmony export */ });
/* harmony import */ var _argv_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(27080);
/* harmony import */ var _cache_arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(63377);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(45168);
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(10350);




/** What the two targets are called in the definition, and so in the names of steps. */
const bakeTargets = { image: 'image', test: 'test' };
/** bake reads the strings of its JSON as templates: what only looks like one is written so that it is none. */
const literal = (text) => text.replace(/([$%])\{/g, '$1$1{');
const literals = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
/** The bake definition (JSON) of one build with two targets: the image, and the stage that tests. Layers are shared. */
function bakeDefinition(request, test) {
    const { build, labels, annotations = [], cache } = request;
    const common = { context: literal(build.context), dockerfile: literal(build.file), args: literals(build.args) };
    const shared = { ...common, ...(0,_options_js__WEBPACK_IMPORTED_MODULE_2__/* .optionAttributes */ .tQ)(build.options, literal) };
    const { from, to } = (0,_cache_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheArguments */ .p)(cache, request.cacheFolders);
    const image = {
        ...shared,
        ...(build.target === undefined ? {} : { target: build.target }),
        labels: literals(labels),
        ...(build.options.platforms.length === 0 ? {} : { platforms: build.options.platforms }),
        ...(annotations.length === 0 || !(0,_argv_js__WEBPACK_IMPORTED_MODULE_0__/* .isOci */ .oO)(request) ? {} : { annotations: annotations.map(literal) }),
        output: [(0,_argv_js__WEBPACK_IMPORTED_MODULE_0__/* .imageOutput */ .Rb)(request)],
        ...(from.length === 0 ? {} : { 'cache-from': from.map(literal) }),
        ...(to.length === 0 ? {} : { 'cache-to': to.map(literal) }),
    };
    const output = test.reportFolder === undefined ? 'type=cacheonly' : `type=local,dest=${test.reportFolder}`;
    return JSON.stringify({ target: { image, test: { ...shared, target: test.stage, output: [output] } } });
}
/** argv of that build; the definition is a file of our own. */
function bakeArgv(request, definitionFile) {
    return [
        ...['docker', 'buildx', 'bake', '--builder', request.builder, '--progress', 'rawjson'],
        ...[`--provenance=${request.build.options.provenance}`, `--sbom=${request.build.options.sbom}`],
        ...request.build.options.allow.flatMap((entitlement) => ['--allow', entitlement]),
        ...['--metadata-file', request.metadataFile, '--file', definitionFile, bakeTargets.image, bakeTargets.test],
    ];
}
/** Whether a stage, by name or number, is one of files alone, which can be exported as a folder. */
function isScratchStage(dockerfile, stage) {
    const stages = (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_3__/* .dockerfileStages */ .C8)(dockerfile);
    const found = (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_3__/* .findStage */ .U9)(stages, stage);
    return found !== undefined && (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_3__/* .baseOf */ .bx)(stages, found) === 'scratch';
}


/***/ }),

/***/ 87159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ findBuilder),
/* harmony export */   x: () => (/* binding */ parseBuilder)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);

const fieldOf = (text, name) => new RegExp(`^${name}: +(.*)$`, 'm').exec(text)?.[1]?.trim();
/** Reads what `docker buildx inspect` prints: one block for the builder, one for each node. buildx has no machine form of it. */
function parseBuilder(text) {
    const [head = '', rest = ''] = text.split(/^Nodes:\s*$/m);
    const name = fieldOf(head, 'Name');
    const driver = fieldOf(head, 'Driver');
    if (name === undefined || driver === undefined)
        return undefined;
    const nodes = rest
        .split(/^(?=Name:)/m)
        .filter((block) => block.trim() !== '')
        .map((block) => {
        const error = fieldOf(block, 'Error');
        return {
            name: fieldOf(block, 'Name') ?? '',
            status: fieldOf(block, 'Status') ?? '',
            ...(error ? { error } : {}),
            platforms: (fieldOf(block, 'Platforms') ?? '').split(/[,\s*]+/).filter((platform) => platform !== ''),
        };
    });
    return { name, driver, nodes };
}
/**
 * Asks for a builder by its name, without one for that which the job has chosen, and starts it if it does not run.
 * @throws ActionError builder-unavailable when there is none of this name or it does not come up
 */
async function findBuilder(host, name, env) {
    const argv = ['docker', 'buildx', 'inspect', ...(name === undefined ? [] : [name]), '--bootstrap'];
    const { exitCode, stdout, stderr } = await host.capture({ argv, env });
    const builder = parseBuilder(stdout);
    const said = stderr
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^ERROR: /, '') ?? '';
    if (exitCode !== 0 || !builder)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('builder-unavailable', `The builder ${name ?? 'of this job'} cannot be used (${said}).`);
    const broken = builder.nodes.find(({ status }) => status !== 'running');
    if (builder.nodes.length === 0 || broken)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('builder-unavailable', `The builder ${builder.name} does not run (${broken ? (broken.error ?? `${broken.name} is ${broken.status || 'not there'}`) : 'it has no node'}).`);
    return builder;
}


/***/ }),

/***/ 63377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ cacheRegistries),
/* harmony export */   p: () => (/* binding */ cacheArguments)
/* harmony export */ });
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(89916);
/* harmony import */ var _csv_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(44012);


/** Backends that know ignore-error; `inline` does not (BuildKit, docs of each). */
const forgiving = /(^|,)"?type=(registry|gha|local|s3|azblob)\b/;
/** As given, but an export that fails never fails the build. A reference alone is short for a registry cache. */
function givenExport(entry) {
    const whole = entry.includes('=') ? entry : `type=registry,ref=${entry}`;
    return forgiving.test(whole) && !/ignore-error=/.test(whole) ? `${whole},ignore-error=true` : whole;
}
/** `folders` are those of a local cache: where the last one is, and where this one goes. */
function cacheArguments(cache, folders) {
    switch (cache.kind) {
        case 'none':
            return { from: [], to: [] };
        case 'image':
            return {
                from: cache.references.map((reference) => `type=registry,${(0,_csv_js__WEBPACK_IMPORTED_MODULE_1__/* .csvField */ .X)(`ref=${reference}`)}`),
                to: cache.write ? ['type=inline'] : [],
            };
        case 'given':
            return { from: cache.from, to: cache.to.map(givenExport) };
        case 'gha': {
            // The limit is for one that answers 429: BuildKit asks again for ten minutes by default.
            const entry = `type=gha,scope=${cache.scope},timeout=30s`;
            return {
                from: cache.read ? [entry] : [],
                to: cache.write ? [`${entry},mode=${cache.mode},ignore-error=true,compression=zstd`] : [],
            };
        }
        case 'registry': {
            const entry = `type=registry,${(0,_csv_js__WEBPACK_IMPORTED_MODULE_1__/* .csvField */ .X)(`ref=${cache.reference}`)}`;
            const options = `mode=${cache.mode},image-manifest=true,oci-mediatypes=true,compression=zstd,ignore-error=true`;
            return { from: [entry], to: cache.write ? [`${entry},${options}`] : [] };
        }
        case 'local': {
            const { last, next } = folders ?? { last: 'CACHE', next: 'CACHE-NEXT' };
            return {
                from: last === undefined ? [] : [`type=local,${(0,_csv_js__WEBPACK_IMPORTED_MODULE_1__/* .csvField */ .X)(`src=${last}`)}`],
                to: cache.write && next
                    ? [`type=local,${(0,_csv_js__WEBPACK_IMPORTED_MODULE_1__/* .csvField */ .X)(`dest=${next}`)},mode=${cache.mode},oci-mediatypes=true,compression=zstd,ignore-error=true`]
                    : [],
            };
        }
    }
}
/** The registries that the builder reads its cache from by itself. */
function cacheRegistries(cache) {
    const references = cache.kind === 'registry' ? [cache.reference] : cache.kind === 'image' ? cache.references : [];
    return new Set(references.map((reference) => (0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .parseImageName */ ["if"])(reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '')).registry));
}


/***/ }),

/***/ 38284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Nr: () => (/* binding */ isReadAgain),
/* harmony export */   e3: () => (/* binding */ chooseCache),
/* harmony export */   e5: () => (/* binding */ cacheText),
/* harmony export */   eG: () => (/* binding */ asksForExport),
/* harmony export */   gy: () => (/* binding */ unread),
/* harmony export */   ju: () => (/* binding */ cacheScope)
/* harmony export */ });
/* unused harmony export cacheReference */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var _host_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(48647);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(89916);
/* harmony import */ var _gha_token_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(81117);




/**
 * One scope for one image on one kind of machine: BuildKit's own default is shared by every image of a repository, and
 * the last one wins.
 */
function cacheScope(inputs, platforms) {
    const { build, images, workingDirectory } = inputs;
    const base = images[0] ? (0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_2__/* .nameText */ .fh)(images[0]) : '';
    const file = build.file.slice(commonFolder(build.file, workingDirectory));
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(JSON.stringify([base, file, build.target ?? '', [...platforms].sort()]))
        .digest('hex');
    return inputs.cache.scope ?? `${base.split('/').at(-1)}-${hash.slice(0, 12)}`;
}
function commonFolder(file, folder) {
    return file.startsWith(`${folder}/`) ? folder.length + 1 : 0;
}
/** `repository:tag` of a registry cache; without a tag of its own the scope is the tag. */
function cacheReference(image, scope) {
    return /:[^/]+$/.test(image) ? image : `${image}:${scope.replace(/[^\w.-]/g, '-')}`;
}
/** What pull requests, tags and the merge queue write nobody reads again. */
function isReadAgain(event) {
    return event.ref.kind === 'branch' && event.origin === 'own' && !event.foreignCode && event.name !== 'merge_group';
}
const isDefaultBranch = ({ ref, defaultBranch }) => ref.kind === 'branch' && ref.name === defaultBranch;
const left = (because, notice) => ({ cache: { kind: 'none' }, because, ...(notice ? { notice } : {}) });
const leftOut = (why) => left(why, `The layer cache is left out: ${why}.`);
/** Whether one is asked for that the classic store's own builder cannot export. */
function asksForExport({ kind, image, to }) {
    if (to.length > 0)
        return to.some((entry) => !/type=inline\b/.test(entry));
    return image !== undefined || (kind !== 'auto' && kind !== 'none');
}
/** So many images are looked for at most. */
const mostImages = 3;
/**
 * Where the image of the last build may be: the tags of this run that move, as of its branch, then those of the default
 * branch. On a tag only the latter: that of another release is no use.
 */
function imagesBefore({ images, cache }, { ref, defaultBranch }, tags, scope) {
    const [first] = images;
    const own = ref.kind === 'tag' ? [] : tags.filter(({ moves }) => moves).map(({ name }) => name);
    const main = defaultBranch === undefined ? [] : [defaultBranch.replace(/[^\w.-]/g, '-')];
    const among = first === undefined ? [] : [...new Set([...own, 'latest', ...main])].map((tag) => `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_2__/* .nameText */ .fh)(first)}:${tag}`);
    return [...(cache.image === undefined ? [] : [cacheReference(cache.image, scope)]), ...among].slice(0, mostImages);
}
/**
 * The classic store exports no cache but that of an image's own layers, within it; that costs nothing. Written into
 * whatever is pushed: so the same commit gives the same image, whichever event builds it.
 */
function imageCache(inputs, event, { pushes = false, tags = [] }, scope) {
    const { kind, image } = inputs.cache;
    const because = 'the classic image store exports no other';
    const asked = kind === 'auto' ? (image === undefined ? undefined : 'cache-image') : `cache: ${kind}`;
    return {
        cache: { kind: 'image', references: imagesBefore(inputs, event, tags, scope), write: pushes },
        because,
        ...(asked === undefined
            ? {}
            : {
                notice: `${asked} is asked for, but the classic image store of this engine exports no cache: the layers of the image itself are used.`,
            }),
    };
}
function serviceCache(inputs, event, place, job, now, common) {
    const token = job['ACTIONS_RUNTIME_TOKEN'] ?? '';
    // BuildKit reads the token before it exports, and ignore-error does not cover that.
    const rights = (0,_gha_token_js__WEBPACK_IMPORTED_MODULE_3__/* .cacheRights */ .Q)(token, now);
    if (!rights) {
        if (token.includes('.') || inputs.cache.kind !== 'auto')
            return leftOut('the token this runner gives for it cannot be used');
        const because = 'the cache service has a token that BuildKit does not read';
        return { cache: { kind: 'local', ...common, write: isReadAgain(event) }, because };
    }
    const mode = job['ACTIONS_CACHE_MODE'];
    const read = rights.read && mode !== 'write-only';
    const write = rights.write && mode !== 'read' && isReadAgain(event);
    if (!read && !write) {
        const only = rights.write && mode === 'write-only';
        return leftOut(only ? 'the job may only write it, and nobody would read what this event writes' : 'the job may neither read nor write it');
    }
    // BuildKit looks for each layer before it writes it: where it may not, our relay answers in place of the service.
    if (!read && !place.near)
        return leftOut('the job may only write it, and BuildKit cannot write what it may not read');
    const because = 'the runner gives the cache service';
    // It holds 10 GB a repository: the layers of every stage beside those of the image would push each other out.
    if (inputs.cache.mode === 'auto' && place.large !== undefined)
        return {
            cache: { kind: 'gha', ...common, mode: 'min', read, write },
            because: `${because}; layers of the image alone, as ${place.large} is large`,
        };
    return { cache: { kind: 'gha', ...common, read, write }, because };
}
function givenCache({ cache }, place, job, now) {
    const { from, to } = cache;
    const because = 'cache-from and cache-to';
    const classic = place.store === 'classic';
    const usable = !(0,_host_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheServiceGiven */ .xI)(job) || (0,_gha_token_js__WEBPACK_IMPORTED_MODULE_3__/* .cacheRights */ .Q)(job['ACTIONS_RUNTIME_TOKEN'] ?? '', now) !== undefined;
    const ofService = (entry) => /type=gha\b/.test(entry);
    const read = from.filter((entry) => !(ofService(entry) && (classic || !usable)) && !(classic && /type=(local|s3|azblob)\b/.test(entry)));
    const written = to.filter((entry) => !(ofService(entry) && !usable) && (!classic || /type=inline\b/.test(entry)));
    const whole = read.length === from.length && written.length === to.length;
    const why = classic ? 'the classic image store of this engine has no use for them' : 'the token this runner gives cannot be used';
    return {
        cache: { kind: 'given', from: read, to: written },
        because,
        ...(whole ? {} : { notice: `Entries of cache-from and cache-to are left out: ${why}.` }),
    };
}
/**
 * Which layer cache a build has. `auto`: the registry that cache-image names, else GitHub's cache service where the
 * runner gives it, else none: a builder that stays keeps its own layers. Written where it is read again: a registry
 * by the default branch alone, as all branches share it.
 */
function chooseCache(inputs, event, place, job, now, platforms = [job['RUNNER_ARCH'] ?? '']) {
    const { kind, image, from, to } = inputs.cache;
    if (from.length > 0 || to.length > 0)
        return givenCache(inputs, place, job, now);
    if (kind === 'none')
        return left('cache: none');
    const service = (0,_host_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheServiceGiven */ .xI)(job);
    const scope = cacheScope(inputs, platforms);
    if (place.store === 'classic')
        return imageCache(inputs, event, place, scope);
    const common = { scope, mode: inputs.cache.mode === 'min' ? 'min' : 'max' };
    if (image !== undefined) {
        const write = isReadAgain(event) && isDefaultBranch(event);
        return {
            cache: { kind: 'registry', reference: cacheReference(image, scope), mode: common.mode, write },
            because: 'cache-image is given',
        };
    }
    if (kind === 'local')
        return { cache: { kind: 'local', ...common, write: isReadAgain(event) }, because: 'cache: local' };
    if (service)
        return serviceCache(inputs, event, place, job, now, common);
    return kind === 'gha'
        ? left('there is no cache service', 'cache: gha is asked for, but this runner gives no cache service; building without.')
        : left('there is no cache service; the builder keeps its own layers');
}
/** The same cache, written and not read: what is broken in it is mended by writing it anew. */
function unread(cache) {
    if (cache.kind === 'gha' && cache.write)
        return { ...cache, read: false };
    if (cache.kind === 'image')
        return { ...cache, references: [] };
    return cache.kind === 'given' ? { ...cache, from: [] } : { kind: 'none' };
}
/** The cache in one line, with the reason. */
function cacheText({ cache, because }) {
    const done = (read, write) => (read && write ? 'read and written' : read ? 'read only' : 'written only');
    const text = () => {
        switch (cache.kind) {
            case 'gha':
                return `gha, scope ${cache.scope}, ${done(cache.read, cache.write)}`;
            case 'registry':
                return `registry, ${cache.reference}, ${done(true, cache.write)}`;
            case 'local':
                return `local, scope ${cache.scope}, ${done(true, cache.write)}`;
            case 'image':
                return `the image itself, from ${cache.references.join(', ')}${cache.write ? ', kept in what is pushed' : ''}`;
            case 'given':
                return 'as given';
            case 'none':
                return 'none';
        }
    };
    return `${text()} (${because})`;
}


/***/ }),

/***/ 81117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ cacheRights),
/* harmony export */   R: () => (/* binding */ relayToken)
/* harmony export */ });
const isAllowed = (scopes, bit) => scopes.some(({ Permission = 0 }) => (Permission & bit) !== 0);
function readToken(token) {
    const [, payload, signature] = token.split('.');
    if (!payload || !signature)
        return undefined;
    try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
        return claims.ac === undefined ? undefined : { claims, scopes: JSON.parse(claims.ac) };
    }
    catch {
        return undefined;
    }
}
/** What a token allows at a time (ms), by its `ac` claim; undefined for one that BuildKit would refuse, and fail the build. */
function cacheRights(token, now) {
    const read = readToken(token);
    if (!read)
        return undefined;
    const { exp, nbf } = read.claims;
    if ((exp !== undefined && exp * 1000 <= now) || (nbf !== undefined && nbf * 1000 > now))
        return undefined;
    return { read: isAllowed(read.scopes, 1), write: isAllowed(read.scopes, 2) };
}
/**
 * A token that says the same to BuildKit, which reads its scopes and verifies nothing, and that opens nothing but our
 * relay: `nonce` is in it. `only` leaves the scope of one ref, such as `refs/heads/main`, if the token has it.
 */
function relayToken(token, nonce, only) {
    const { claims, scopes } = readToken(token) ?? { claims: {}, scopes: [] };
    const kept = scopes.filter(({ Scope: name }) => name === only);
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { exp, nbf = 0 } = claims;
    const payload = { ac: JSON.stringify(kept.length > 0 ? kept : scopes), nbf, exp: exp ?? 9_999_999_999, jti: nonce };
    return `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(payload)}.${Buffer.from(nonce).toString('base64url')}`;
}


/***/ }),

/***/ 99411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ mostEntries),
/* harmony export */   y: () => (/* binding */ readContext)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _ignored_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2694);


const never = /^(\.git|node_modules|\.?venv|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache)$/;
/** A context with more files and folders is not looked at to its end: it would take longer than it is worth. */
const mostEntries = 20_000;
/** What is left out: `Dockerfile.dockerignore` goes before `.dockerignore`, as in BuildKit. */
function ignoreRules(files, context, dockerfile) {
    const own = dockerfile === undefined ? undefined : files.readText(`${dockerfile}.dockerignore`);
    return own ?? files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(context, '.dockerignore')) ?? '';
}
/** Walks through the files that a build may be sent, in the order of their names; links are not followed. */
function readContext(files, context, dockerfile) {
    const rules = ignoreRules(files, context, dockerfile);
    const ignores = (0,_ignored_js__WEBPACK_IMPORTED_MODULE_1__/* .ignoredBy */ .g)(rules);
    const takesBack = /^\s*!/m.test(rules);
    const paths = [];
    let visited = 0;
    const walk = (folder) => {
        for (const { name, kind } of files.contents((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(context, folder))) {
            if (never.test(name))
                continue;
            if (++visited > mostEntries)
                return;
            const path = folder === '' ? name : `${folder}/${name}`;
            if (kind === 'file')
                paths.push(path);
            // A folder that is left out is not walked, unless a file in it may be taken back in.
            else if (takesBack || !ignores(path))
                walk(path);
        }
    };
    walk('');
    return { paths, ignores, complete: visited <= mostEntries };
}


/***/ }),

/***/ 44012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ csvField)
/* harmony export */ });
/** A field of the CSV that --mount, --secret and their like read. */
function csvField(text) {
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}


/***/ }),

/***/ 45168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bl: () => (/* binding */ commandWords),
/* harmony export */   C8: () => (/* binding */ dockerfileStages),
/* harmony export */   GA: () => (/* binding */ instructions),
/* harmony export */   LZ: () => (/* binding */ exposedPorts),
/* harmony export */   Qp: () => (/* binding */ argumentValues),
/* harmony export */   U9: () => (/* binding */ findStage),
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   i7: () => (/* binding */ expandVariables)
/* harmony export */ });
/* harmony import */ var _instruction_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(69780);

/** The instructions of a Dockerfile a line each: continued lines joined, comments and the texts of heredocs left out. */
function instructions(dockerfile) {
    return (0,_instruction_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDockerfile */ .A)(dockerfile).map(({ text }) => text);
}
/** Puts variables into `$NAME`, `${NAME}` and `${NAME:-…}`; one that is not known becomes empty. */
function expandVariables(text, values) {
    return text.replace(/\$(?:\{(\w+)(?::?-([^}]*))?[^}]*\}|(\w+))/g, (_, braced, fallback, plain) => values[braced ?? plain ?? ''] || fallback || '');
}
/** What ARG instructions give by default, with `args` before them. */
function argumentValues(dockerfile, args = {}) {
    const defaults = instructions(dockerfile).flatMap((line) => {
        const [, name, value] = /^ARG\s+(\w+)=["']?([^"'\s]*)/i.exec(line) ?? [];
        return name === undefined ? [] : [[name, value ?? '']];
    });
    return { ...Object.fromEntries(defaults), ...args };
}
/** The stages in order. */
function dockerfileStages(dockerfile, args = {}) {
    const values = argumentValues(dockerfile, args);
    return instructions(dockerfile).flatMap((line) => {
        const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
        return base === undefined ? [] : [{ base: expandVariables(base, values), ...(name === undefined ? {} : { name }) }];
    });
}
/** The stage that a name or number asks for, or the last; undefined when there is none. */
function findStage(stages, wanted) {
    return wanted === undefined
        ? stages.at(-1)
        : stages.find(({ name }, index) => name?.toLowerCase() === wanted.toLowerCase() || String(index) === wanted);
}
/** The image that a stage comes from in the end, through the stages it builds on. */
function baseOf(stages, stage) {
    const before = stages.slice(0, stages.indexOf(stage)).findLast(({ name }) => name?.toLowerCase() === stage.base.toLowerCase());
    return before ? baseOf(stages, before) : stage.base;
}
/** The TCP ports that EXPOSE names, in order, as far as they are numbers. */
function exposedPorts(dockerfile, args = {}) {
    const values = argumentValues(dockerfile, args);
    return instructions(dockerfile).flatMap((line) => {
        const [, ports] = /^EXPOSE\s+(.+)$/i.exec(line) ?? [];
        return expandVariables(ports ?? '', values)
            .split(/\s+/)
            .flatMap((port) => (/^\d{1,5}(\/tcp)?$/i.test(port) ? [Number.parseInt(port, 10)] : []));
    });
}
/** ENTRYPOINT and CMD, the last of each, as words of a command line; what a base image has is not known. */
function commandWords(dockerfile) {
    const lines = instructions(dockerfile);
    return ['ENTRYPOINT', 'CMD'].flatMap((name) => {
        const text = lines
            .findLast((line) => line.toUpperCase().startsWith(`${name} `))
            ?.slice(name.length)
            .trim();
        if (text === undefined)
            return [];
        try {
            return JSON.parse(text);
        }
        catch {
            return text.split(/\s+/);
        }
    });
}


/***/ }),

/***/ 74776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GO: () => (/* binding */ findEngine),
/* harmony export */   Ib: () => (/* binding */ sharesLoopback),
/* harmony export */   St: () => (/* binding */ engineBuilder)
/* harmony export */ });
/* unused harmony export storeOf */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);

/** The image store, as `docker info` tells it. */
function storeOf(driverStatus) {
    return (driverStatus ?? []).some(([, value]) => value.startsWith('io.containerd.snapshotter.')) ? 'containerd' : 'classic';
}
function parseInfo(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Whether NVIDIA's runtime, or its devices by CDI, are known to the engine. */
function givesGpu({ Runtimes, DiscoveredDevices }) {
    return Object.hasOwn(Runtimes ?? {}, 'nvidia') || (DiscoveredDevices ?? []).some(({ ID }) => ID?.startsWith('nvidia.com/gpu'));
}
const versionIn = (text) => /v?(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? text.trim();
/** The version of buildx: the client knows its plugins, and one that it does not tell of is asked. @throws ActionError buildx-unavailable */
async function findBuildx(host, { ClientInfo }, how) {
    const { Version } = ClientInfo?.Plugins?.find(({ Name }) => Name === 'buildx') ?? {};
    if (Version)
        return versionIn(Version);
    const { exitCode, stdout, stderr } = await host.capture({ argv: ['docker', 'buildx', 'version'], ...how });
    if (exitCode !== 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('buildx-unavailable', `"docker buildx version" fails (${stderr.trim().split('\n')[0] ?? ''}).`);
    return versionIn(stdout);
}
/** Asks what engine there is; one may be long in answering. @throws ActionError when none answers or buildx is missing */
async function findEngine(host, env, signal) {
    const how = { env, ...(signal ? { signal } : {}) };
    const info = await host.capture({ argv: ['docker', 'info', '--format', '{{json .}}'], ...how }).catch((error) => {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('engine-unavailable', 'There is no docker command on PATH.', { cause: error });
    });
    const facts = info.exitCode === 0 ? parseInfo(info.stdout) : undefined;
    if (!facts?.ServerVersion) {
        const said = (facts?.ServerErrors?.[0] ?? info.stderr.trim().split('\n').at(-1) ?? '').slice(0, 300);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('engine-unavailable', `No Docker engine answers (${said}).`);
    }
    return {
        store: storeOf(facts.DriverStatus),
        version: facts.ServerVersion,
        buildx: await findBuildx(host, facts, how),
        architecture: facts.Architecture ?? '',
        rootFolder: facts.DockerRootDir ?? '',
        ...(facts.Name ? { name: facts.Name } : {}),
        ...((facts.SecurityOptions ?? []).some((option) => /\bname=rootless\b/.test(option)) ? { rootless: true } : {}),
        ...(givesGpu(facts) ? { gpu: true } : {}),
        // Not told is not none.
        containers: facts.Containers ?? 1,
        images: facts.Images ?? 1,
    };
}
/**
 * Whether the engine's own builder reaches a port of our loopback: its machine is called like ours. A job in a container
 * is not on the engine's machine, though it is on that engine.
 */
function sharesLoopback({ name }, hostname) {
    return name !== undefined && name === hostname;
}
/** The name under which buildx knows the engine's own builder: that of the docker context in use. */
function engineBuilder(job, dockerConfig) {
    if (job['DOCKER_HOST'])
        return 'default';
    if (job['DOCKER_CONTEXT'])
        return job['DOCKER_CONTEXT'];
    return /"currentContext"\s*:\s*"([^"]+)"/.exec(dockerConfig ?? '')?.[1] ?? 'default';
}


/***/ }),

/***/ 2694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ ignoredBy)
/* harmony export */ });
/* harmony import */ var _balena_dockerignore__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(44158);

/** A pattern that is no regular expression in the end, such as `(`: BuildKit refuses the file, and says so by itself. */
function isSound(pattern) {
    try {
        _balena_dockerignore__WEBPACK_IMPORTED_MODULE_0__["default"]({ ignorecase: false }).add([pattern]).ignores('x');
        return true;
    }
    catch {
        return false;
    }
}
/**
 * Whether a path, from the build context, is left out of a build by the text of a `.dockerignore`. Slow: a pattern is gone
 * through for each folder of the path. Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
function ignoredBy(rules) {
    const ignored = _balena_dockerignore__WEBPACK_IMPORTED_MODULE_0__["default"]({ ignorecase: false }).add(rules.split(/\r?\n/).filter(isSound));
    return (path) => ignored.ignores(path);
}


/***/ }),

/***/ 69780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ parseDockerfile)
/* harmony export */ });
const takesFlags = /^(FROM|RUN|COPY|ADD|HEALTHCHECK|ONBUILD)$/;
const takesHeredocs = /^(?:RUN|COPY|ADD|ONBUILD\s+(?:RUN|COPY|ADD))\b/i;
const directive = /^#\s*([a-zA-Z][\w-]*)\s*=\s*(.+?)\s*$/;
/** The character that continues a line: a backslash, unless the directive `escape` at the top says a backtick. */
function escapeOf(lines) {
    for (const line of lines) {
        const [, name, value] = directive.exec(line.trim()) ?? [];
        if (name === undefined)
            return '\\';
        if (name.toLowerCase() === 'escape')
            return value === '`' ? '`' : '\\';
    }
    return '\\';
}
/** Words of the exec form; undefined where it is none, and a shell gets the line. */
function execForm(rest) {
    if (!rest.startsWith('['))
        return undefined;
    try {
        const words = JSON.parse(rest);
        return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
    }
    catch {
        return undefined;
    }
}
/** The delimiters of `<<EOF`, `<<-"EOF"`, `3<<EOF`, outside of quotes; `<<<` is a string of bash. */
function delimiters(text) {
    const unquoted = text.replace(/(<<-?)(["'])([A-Za-z_][\w.-]*)\2/g, '$1$3').replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/g, ' ');
    return [...unquoted.matchAll(/(?<![<\S])\d*<<(-?)([A-Za-z_][\w.-]*)/g)].map(([, dash, name = '']) => ({ name, tabs: dash === '-' }));
}
function takeApart(text) {
    const [, word = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
    const keyword = word.toUpperCase();
    const flags = [];
    let rest = after;
    while (takesFlags.test(keyword)) {
        const [whole, flag] = /^(--[a-z][\w-]*(?:=(?:"[^"]*"|'[^']*'|\S)*)?)(?:\s+|$)/i.exec(rest) ?? [];
        if (whole === undefined || flag === undefined)
            break;
        flags.push(flag);
        rest = rest.slice(whole.length);
    }
    const words = execForm(rest.trim());
    return { keyword, flags, rest: rest.trim(), ...(words ? { words } : {}) };
}
/**
 * Reads a Dockerfile as BuildKit does: continued lines joined, comments and empty lines between them left out, the
 * escape character by its directive, heredocs as texts of their own. Any text gives some instructions; whether they
 * are good ones is BuildKit's to say. https://docs.docker.com/reference/dockerfile/#format
 */
function parseDockerfile(dockerfile) {
    const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/);
    const joins = escapeOf(lines) === '`' ? '`' : '\\\\';
    const goesOn = new RegExp(`(?:^|[^${joins}])${joins}[ \\t]*$`);
    const found = [];
    for (let index = 0; index < lines.length; index++) {
        const begins = (lines[index] ?? '').trim();
        if (begins === '' || begins.startsWith('#'))
            continue;
        const start = index;
        let text = '';
        for (;; index++) {
            const line = lines[index];
            if (line === undefined)
                break;
            if (index > start && (line.trim() === '' || line.trimStart().startsWith('#')))
                continue;
            const more = goesOn.test(line);
            text += more ? line.replace(new RegExp(`${joins}[ \\t]*$`), '') : line;
            if (!more)
                break;
        }
        let last = Math.min(index, lines.length - 1);
        text = text.trim();
        const heredocs = [];
        for (const { name, tabs } of takesHeredocs.test(text) ? delimiters(text) : []) {
            const from = last + 1;
            const to = lines.findIndex((line, at) => at >= from && (tabs ? line.replace(/^\t+/, '') : line) === name);
            if (to < 0)
                break;
            heredocs.push({ name, text: lines.slice(from, to).join('\n') });
            last = to;
        }
        index = last;
        if (text !== '')
            found.push({ ...takeApart(text), text, heredocs, line: start + 1, end: last + 1 });
    }
    return found;
}


/***/ }),

/***/ 10350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _k: () => (/* binding */ optionArguments),
/* harmony export */   c8: () => (/* binding */ secretVariables),
/* harmony export */   gS: () => (/* binding */ chooseCompression),
/* harmony export */   tQ: () => (/* binding */ optionAttributes)
/* harmony export */ });
/* harmony import */ var _csv_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(44012);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(45168);


/** The variable of the buildx client that holds the secret of this number: by its own name it could be one that buildx reads itself. */
const variableOf = (index) => `ML_IMAGE_SECRET_${index}`;
const secretSpec = (secret, index) => [`id=${secret.id}`, secret.kind === 'file' ? `src=${secret.path}` : `env=${variableOf(index)}`].map(_csv_js__WEBPACK_IMPORTED_MODULE_0__/* .csvField */ .X).join(',');
/** What the buildx client alone has in its environment: the values of secrets, which stand in no argv and on no disk. */
function secretVariables(secrets) {
    return Object.fromEntries(secrets.flatMap((secret, index) => (secret.kind === 'value' ? [[variableOf(index), secret.value]] : [])));
}
/** Arguments of `docker buildx build`. */
function optionArguments(options) {
    const each = (flag, values) => values.flatMap((value) => [flag, value]);
    return [
        ...each('--build-context', Object.entries(options.contexts).map(([name, source]) => `${name}=${source}`)),
        ...each('--secret', options.secrets.map(secretSpec)),
        ...each('--ssh', options.ssh),
        ...(options.noCache ? ['--no-cache'] : []),
        ...each('--no-cache-filter', options.noCacheFilters),
        ...(options.pull ? ['--pull'] : []),
        ...(options.network === undefined ? [] : ['--network', options.network]),
        ...each('--add-host', options.addHosts),
        ...each('--allow', options.allow),
        ...(options.shmSize === undefined ? [] : ['--shm-size', options.shmSize]),
        ...each('--ulimit', options.ulimits),
    ];
}
/** The same for every target of a bake definition; `literal` keeps bake from reading a string as a template. */
function optionAttributes(options, literal) {
    const attributes = {
        contexts: Object.fromEntries(Object.entries(options.contexts).map(([name, source]) => [name, literal(source)])),
        secret: options.secrets.map(secretSpec).map(literal),
        ssh: options.ssh.map(literal),
        'no-cache': options.noCache,
        'no-cache-filter': options.noCacheFilters,
        pull: options.pull,
        network: options.network,
        'extra-hosts': Object.fromEntries(options.addHosts.map((entry) => [entry.split(/[:=]/, 1)[0], entry.replace(/^[^:=]+[:=]/, '')])),
        entitlements: options.allow,
        'shm-size': options.shmSize,
        ulimits: options.ulimits,
    };
    const isGiven = (value) => typeof value === 'object' ? Object.keys(value).length > 0 : value !== undefined && value !== false;
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => isGiven(value)));
}
/** Repositories of base images for services that read gzip layers alone: Lambda, and SageMaker's own containers. */
const gzipOnly = /^(public\.ecr\.aws\/(lambda|sam)\/|(amazon|public\.ecr\.aws)\/aws-lambda-|[^/]*\.dkr\.ecr\.[^/]+\/(sagemaker-|huggingface-|pytorch-|tensorflow-|djl-))/;
/** How layers are compressed, and the base image that decided it where `auto` chose gzip. */
function chooseCompression(asked, dockerfile, target, args) {
    if (asked !== 'auto')
        return { compression: asked };
    const stages = (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerfileStages */ .C8)(dockerfile, args);
    const stage = (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .findStage */ .U9)(stages, target);
    const base = stage && (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .baseOf */ .bx)(stages, stage);
    return base !== undefined && gzipOnly.test(base) ? { compression: 'gzip', because: base } : { compression: 'zstd' };
}


/***/ }),

/***/ 52936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Do: () => (/* binding */ refuseUntested),
/* harmony export */   Je: () => (/* binding */ normalPlatform),
/* harmony export */   Nc: () => (/* binding */ nativePlatform),
/* harmony export */   eN: () => (/* binding */ findForeign)
/* harmony export */ });
/* unused harmony export foreignPlatforms */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);
/* harmony import */ var _builder_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(87159);


/** What `docker info` calls an architecture, and what a platform does. */
const architectures = {
    x86_64: 'amd64',
    i386: '386',
    i686: '386',
    aarch64: 'arm64',
    armv7l: 'arm/v7',
    armv6l: 'arm/v6',
};
/** Run by the same processors. */
const kin = { amd64: ['386'] };
/** The platform of an engine's own machine. */
function nativePlatform(architecture) {
    return `linux/${architectures[architecture] ?? architecture}`;
}
/** `linux/amd64` and its like as buildx writes them: other names of an architecture, and variants that say nothing. */
function normalPlatform(text) {
    const [os = '', architecture = '', variant] = text.toLowerCase().split('/');
    const known = { ...architectures, 'x86-64': 'amd64', armhf: 'arm/v7', armel: 'arm/v6' }[architecture] ?? architecture;
    if (known === 'arm' && variant === undefined)
        return `${os}/arm/v7`;
    const plain = (known === 'arm64' && variant === 'v8') || (known === 'amd64' && variant === 'v1');
    return [os, known, ...(variant === undefined || plain || known.includes('/') ? [] : [variant])].join('/');
}
/** Of `platforms` those that the engine cannot run: neither its own kind nor emulated. `runs` is what its builder says it runs. */
function foreignPlatforms(platforms, architecture, runs) {
    const native = nativePlatform(architecture);
    const near = (kin[native.slice('linux/'.length)] ?? []).map((name) => `linux/${name}`);
    const known = new Set([native, ...near, ...runs.map(normalPlatform)]);
    // A machine for arm/v7 runs arm/v6; amd64/v2 may be wanted of any amd64.
    return platforms.filter((platform) => !known.has(platform) && !known.has(platform.replace(/^(linux\/amd64)\/.*$/, '$1')));
}
/** The same, of this engine; asked only where a platform is not its own kind. */
async function findForeign(host, platforms, engine, own, env) {
    if (foreignPlatforms(platforms, engine.architecture, []).length === 0)
        return [];
    const { stdout } = await host.capture({ argv: ['docker', 'buildx', 'inspect', own], env });
    const runs = (0,_builder_js__WEBPACK_IMPORTED_MODULE_1__/* .parseBuilder */ .x)(stdout)?.nodes.flatMap((node) => node.platforms) ?? [];
    return foreignPlatforms(platforms, engine.architecture, runs);
}
/** @throws ActionError platform-untested */
function refuseUntested(foreign, native) {
    if (foreign.length === 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('platform-untested', `This engine (${native}) cannot run ${foreign.join(', ')}: the image would not be tested there.`);
}


/***/ }),

/***/ 2521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  lZ: () => (/* binding */ ActionError),
  hS: () => (/* binding */ exitCodes),
  e9: () => (/* binding */ failures),
  bD: () => (/* binding */ messageOf),
  _$: () => (/* binding */ stages)
});

;// CONCATENATED MODULE: ./lib/failures/diagnoses.js
/**
 * What a red smoke test is recognised as (src/smoke/diagnoses/): part of the closed list of failure codes. The fix with
 * the values of the case is in the evidence; the remedy says what kind of thing it is.
 */
const diagnosisFailures = {
    'bound-to-loopback': {
        kind: 'gate',
        remedy: 'Let the server listen on 0.0.0.0: 127.0.0.1 is the container itself, and nobody outside reaches it.',
    },
    'wrong-port': { kind: 'gate', remedy: 'Let EXPOSE, the input port and the command of the server name the same port.' },
    'not-answering': {
        kind: 'gate',
        remedy: 'The server accepts connections and says nothing: load the model before it listens, or allow a longer start-timeout.',
    },
    'tls-expected': { kind: 'gate', remedy: 'Serve plain HTTP in the container, and leave TLS to the proxy before it.' },
    'auth-required': { kind: 'gate', remedy: 'Leave the health path open, or give the server a key for the test with run-env.' },
    'health-path-wrong': { kind: 'gate', remedy: 'Set health-path to the path that the service has.' },
    'health-lies': {
        kind: 'gate',
        remedy: 'Let the health path answer 503 until the model is loaded: an orchestrator would send requests to this container.',
    },
    'model-not-loaded': { kind: 'gate', remedy: 'Find in the log why the model was not loaded; a slow one needs a longer start-timeout.' },
    'dummy-model': { kind: 'gate', remedy: 'Put the real model into the image, and let the start fail where it is missing.' },
    'nan-answer': { kind: 'gate', remedy: 'The model predicts NaN or nothing: check its input, its missing values and its scaling.' },
    'predict-path-wrong': { kind: 'gate', remedy: 'Set predict-path to the path that the service has.' },
    'predict-method-wrong': { kind: 'gate', remedy: 'Set predict-path to one that takes POST, or let the service take it there.' },
    'predict-body-refused': { kind: 'gate', remedy: 'Correct predict-body by the schema of the service; its answer names what it misses.' },
    'predict-crashed': { kind: 'gate', remedy: 'The prediction raised an error inside the service: its traceback is in the log above.' },
    'killed-by-itself': {
        kind: 'gate',
        remedy: 'Nobody ran out of memory: a process of the container killed it, mostly as the model could not be loaded. See its log above.',
    },
    'worker-timeout': {
        kind: 'gate',
        remedy: 'Give the workers more time to load the model (--timeout), or load it once before they start.',
    },
    'worker-boot-failed': { kind: 'gate', remedy: 'The workers of the server end while they start: the first traceback above says why.' },
    'restart-loop': { kind: 'gate', remedy: 'The container ends and is started again: take --restart out of run-args, and see why it ends.' },
    'exits-at-once': { kind: 'gate', remedy: 'CMD must be a server that stays in the foreground.' },
    'illegal-instruction': {
        kind: 'gate',
        remedy: 'A package was compiled for another processor than that of this machine: take a wheel for the oldest one it must run on.',
    },
    'segmentation-fault': { kind: 'gate', remedy: 'Native code crashed: pin the packages together that were built for each other.' },
    'shared-memory-small': {
        kind: 'gate',
        remedy: 'Give the container more shared memory: --shm-size in run-args, and where it is deployed.',
    },
    'container-disk-full': { kind: 'gate', remedy: 'The container found no room to write: see which path it was, and who limits it.' },
    'read-only-filesystem': {
        kind: 'gate',
        remedy: 'Let the service write to a volume or to /tmp alone, or take --read-only out of run-args.',
    },
    'permission-denied': {
        kind: 'gate',
        remedy: 'The user of the image may not read or write the path: give it to that user when it is copied.',
    },
    'cache-not-writable': { kind: 'gate', remedy: 'Set the cache to a folder that the user of the image may write to.' },
    'shared-object-missing': { kind: 'gate', remedy: 'Install the package of the distribution that has the library.' },
    'exec-format': {
        kind: 'gate',
        remedy: 'Build the image for the platform of the runner, and give scripts a first line such as #!/bin/sh.',
    },
    'bad-shebang': { kind: 'gate', remedy: 'Store the script with LF and name an interpreter that is in the image.' },
    'entrypoint-not-executable': { kind: 'gate', remedy: 'Give the entry script the right to be executed.' },
    'command-not-found': { kind: 'gate', remedy: 'Install the program that CMD or ENTRYPOINT names in the stage that ships.' },
    'user-missing': { kind: 'gate', remedy: 'Create the user that USER names, or name it by its number.' },
    'mount-missing': { kind: 'gate', remedy: 'Make the folder before this step, or take the mount out of run-args.' },
    'import-error': { kind: 'gate', remedy: 'Install the package, or copy the module, in the stage that ships.' },
    'package-skew': { kind: 'gate', remedy: 'Two packages do not fit together: pin both to versions that were released for each other.' },
    'syntax-error': {
        kind: 'gate',
        remedy: 'The Python of the image cannot read the code: correct it, or take the Python it was written for.',
    },
    'app-module-not-found': { kind: 'gate', remedy: 'Let CMD name the module as it is found from WORKDIR, and copy it there.' },
    'app-attribute-not-found': { kind: 'gate', remedy: 'Let CMD name the variable that holds the application.' },
    'env-missing': { kind: 'gate', remedy: 'Give the variable with run-env; the container gets none of the job.' },
    'address-in-use': { kind: 'gate', remedy: 'Two processes of the container want the same port: start one of them on another.' },
    'dependency-unreachable': {
        kind: 'gate',
        remedy: 'The service needs another one beside it: start without it, or give a stand-in with run-env.',
    },
    'model-download': { kind: 'gate', remedy: 'Have the model in the image, so that its start needs no network.' },
    'token-missing': { kind: 'gate', remedy: 'Give the token with run-env, or download the model in the build with a mounted secret.' },
    'file-missing': { kind: 'gate', remedy: 'Copy the file into the image, to the path at which it is read.' },
    'lfs-pointer': { kind: 'gate', remedy: 'Set lfs: true on actions/checkout: the image has the pointer of Git LFS in place of the model.' },
    'model-corrupt': { kind: 'gate', remedy: 'The file of the model is cut off or of another kind: make it again, and compare its size.' },
    'pickle-class-missing': { kind: 'gate', remedy: 'Have the class in a module of its own that training and serving both import.' },
    'sklearn-skew': { kind: 'gate', remedy: 'Serve with the version of scikit-learn that trained the model.' },
    'numpy-abi': { kind: 'gate', remedy: 'Have the same major version of numpy where the model is made and where it is served.' },
    'torch-skew': { kind: 'gate', remedy: 'Serve with the version of torch, and of the code of the model, that wrote the file.' },
    'cuda-on-cpu': { kind: 'gate', remedy: 'Let the service use the CPU where there is no GPU, or run this job on a runner that has one.' },
    'cuda-kernel-image': { kind: 'gate', remedy: 'Take a build of the package for the compute capability of this GPU.' },
};

;// CONCATENATED MODULE: ./lib/errors.js

/** Where in a run something happened; the order is that of a run. */
const stages = ['inputs', 'plan', 'test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish', 'report'];
/** Process exit codes of the action and of the command line. */
const exitCodes = { passed: 0, gate: 1, input: 2, tool: 3 };
/**
 * The closed list of ways a run can fail. `kind` decides the exit code; `remedy` is what to do next, and is printed
 * behind the evidence. docs/troubleshooting.md has one heading for each.
 */
const failures = {
    'bad-input': { kind: 'input', remedy: 'Correct the inputs named above; nothing has been run.' },
    'unsafe-checkout': {
        kind: 'input',
        remedy: 'Use the pull_request event. Only if the code is trusted, add "unsafe-pr-checkout" to the input accept.',
    },
    'tests-failed': { kind: 'gate', remedy: 'Mend the tests named above; the image was not published.' },
    'tests-not-found': {
        kind: 'gate',
        remedy: 'Add tests (tests/test_*.py), name your own runner with test-command, or switch the gate off with test: false.',
    },
    'tests-not-collected': {
        kind: 'gate',
        remedy: 'pytest found no test to run: check the names (test_*.py, def test_*) and working-directory. "accept: no-tests" lets a run without tests pass.',
    },
    'tests-vacuous': {
        kind: 'gate',
        remedy: 'The runner ended with 0 without running a test: a gate that cannot be red is none. Mend the command, or say "accept: no-tests".',
    },
    'tests-hidden-failures': {
        kind: 'gate',
        remedy: 'The report holds failures though the command ended with 0: take the "|| true" (or what hides them) out of it.',
    },
    'tests-import-error': {
        kind: 'gate',
        remedy: 'A module that the tests import is missing: add it to the requirements, check working-directory, or test where it is with test-in: image.',
    },
    'model-only-in-image': {
        kind: 'gate',
        remedy: 'The tests look for a model that only the image has, as its build makes it: set test-in: image, or make the model in a fixture.',
    },
    'runner-files-changed': {
        kind: 'gate',
        remedy: "The tests wrote into the runner's command files, which would steer later steps: take that out, or run them with test-in: image.",
    },
    'tests-install-failed': {
        kind: 'gate',
        remedy: 'Mend the requirements, name other files with test-requirements, or use the environment of the job with test-requirements: none.',
    },
    'tests-crashed': {
        kind: 'gate',
        remedy: 'The test runner ended without a verdict (a usage error, a crash, or memory): see the last lines above.',
    },
    'tests-timeout': { kind: 'gate', remedy: 'Find the test that hangs, or allow more time with test-timeout.' },
    'test-image-unsuitable': {
        kind: 'gate',
        remedy: 'test-in: image needs a Python in the image that can run pytest: use test-in: runner, or a Dockerfile stage with test-in: target:STAGE.',
    },
    'build-failed': { kind: 'gate', remedy: 'Mend the Dockerfile step shown above.' },
    'base-image-unavailable': {
        kind: 'tool',
        remedy: 'The Dockerfile is not at fault: log in to the registry of the base image before this step, or run the job again when it answers.',
    },
    'disk-full': { kind: 'tool', remedy: 'The disk of the engine is full: free what takes the room, or take a larger runner.' },
    'build-timeout': { kind: 'gate', remedy: 'See at which step it was: mend what hangs, or allow more time with build-timeout.' },
    'secret-in-image': {
        kind: 'gate',
        remedy: 'Keep it out of the image: files by .dockerignore, what a step needs by the input secrets and RUN --mount=type=secret. Then change the secret. What is none goes into leak-ignore.',
    },
    'image-too-large': {
        kind: 'gate',
        remedy: 'Make the largest layers above smaller: a slim base, dependencies without their caches or GPU libraries, no datasets in the context, weights in a volume. Or raise max-image-size.',
    },
    'image-grew': {
        kind: 'gate',
        remedy: 'Take out of the new layers above what the service does not need. If the growth is meant, raise max-size-increase for one run: from then on the published image is what is compared with.',
    },
    advice: {
        kind: 'gate',
        remedy: 'Take the advice (each has its fix in the report, docs/advice.md says more), silence a rule that does not hold here by a comment above the line (# ml-image: ignore ID), or set advice: warn.',
    },
    'platform-untested': {
        kind: 'gate',
        remedy: 'Let this machine run it by emulation with docker/setup-qemu-action before this step, build it on a native runner, or publish it untested with "accept: untested-platforms".',
    },
    'container-not-started': { kind: 'gate', remedy: 'Docker could not start the image: check its CMD or ENTRYPOINT, and run-args.' },
    'container-exited': {
        kind: 'gate',
        remedy: 'The server ended instead of serving: its last lines are above. The same happens with: docker run IMAGE.',
    },
    'container-out-of-memory': {
        kind: 'gate',
        remedy: 'The kernel killed the container for memory: load a smaller model, fewer workers, or raise --memory in run-args.',
    },
    'not-listening': {
        kind: 'gate',
        remedy: 'Nothing answered on the port. The server must listen on 0.0.0.0 (not 127.0.0.1) and on the port that EXPOSE or the input port names; a slow model needs a longer start-timeout.',
    },
    'health-failed': { kind: 'gate', remedy: 'The server answers, but not that it is healthy: see its log above, or set health-path.' },
    'predict-failed': { kind: 'gate', remedy: 'The sample prediction was refused: check predict-path and predict-body against the service.' },
    'predict-timeout': { kind: 'gate', remedy: 'The sample prediction did not come back in time: see the log of the container above.' },
    'predict-mismatch': {
        kind: 'gate',
        remedy: 'The model answers something else than is expected: a changed model, or an expectation that needs to move with it.',
    },
    ...diagnosisFailures,
    'healthcheck-broken': {
        kind: 'gate',
        remedy: 'An orchestrator would end this service again and again: mend the HEALTHCHECK (a slim base has no curl; its own Python can ask), or take it out.',
    },
    'dependency-unhealthy': {
        kind: 'gate',
        remedy: 'A service that the image depends on in its compose stack does not come up: see its log above, and try "docker compose up" with that service alone.',
    },
    'dependency-unavailable': {
        kind: 'tool',
        remedy: 'The image of a service in the compose stack could not be had: check its name, log in before this step, or run the job again.',
    },
    'gate-command-failed': { kind: 'gate', remedy: 'The command of gate-command says no: see its last lines above. Nothing was published.' },
    'predictions-changed': {
        kind: 'gate',
        remedy: 'The model is the same and predicts otherwise: look at what the code does before and after it. If that is meant, publish once with compare: off.',
    },
    'latency-exceeded': {
        kind: 'gate',
        remedy: 'Predictions of the running server take longer than max-latency: make them faster, or allow more.',
    },
    'metrics-unreadable': {
        kind: 'gate',
        remedy: 'Let training or the tests write the file before it is read, and check the path: from working-directory, or image:/PATH.',
    },
    'metric-missing': {
        kind: 'gate',
        remedy: 'Write the name as the file has it (nested names with dots, in quotes if there are spaces), or let training write it.',
    },
    'metric-not-met': { kind: 'gate', remedy: 'The model is not as good as require asks: train a better one, or change the line.' },
    'engine-unavailable': {
        kind: 'tool',
        remedy: 'A running Docker engine is needed: use a runner that has one (ubuntu-latest), or start it and check "docker info".',
    },
    'builder-unavailable': {
        kind: 'tool',
        remedy: 'See "docker buildx ls". Set the builder up before this step (docker/setup-buildx-action), or leave builder out.',
    },
    'build-unsupported': {
        kind: 'tool',
        remedy: 'Set up a builder that can (docker/setup-buildx-action) and give its name as builder, or use an engine with the containerd image store.',
    },
    'offline-unsupported': {
        kind: 'tool',
        remedy: 'offline: true needs an engine on this machine that is not rootless: leave it out here.',
    },
    'buildx-unavailable': { kind: 'tool', remedy: 'Install the buildx plugin of Docker; hosted runners have it.' },
    'tool-missing': { kind: 'tool', remedy: 'Install the tool named above before this step.' },
    'registry-unavailable': { kind: 'tool', remedy: 'The registry did not answer as it should; run the job again when it does.' },
    'registry-unauthorized': { kind: 'tool', remedy: 'Check username and password: the registry refused them.' },
    'registry-denied': {
        kind: 'tool',
        remedy: 'The account may not write there. For GHCR the job needs "permissions: packages: write"; elsewhere check that the repository exists and the token may push.',
    },
    'registry-refused': {
        kind: 'tool',
        remedy: 'The registry understood the request and does not take it. Its own words are above.',
    },
    'repository-missing': {
        kind: 'tool',
        remedy: 'A push does not make this repository: create it first (ECR: aws ecr create-repository; Artifact Registry: gcloud artifacts repositories create; Harbor, GitLab: the project), or correct images.',
    },
    'tag-immutable': {
        kind: 'tool',
        remedy: 'The repository does not let this tag be moved, and it holds another image: leave the moving tags out (tags: type=sha), or let them be moved in its settings.',
    },
    'quota-exceeded': {
        kind: 'tool',
        remedy: 'The storage of the account or project is used up: remove old images there, or raise the quota.',
    },
    'rate-limited': {
        kind: 'tool',
        remedy: 'The registry takes no more requests for now: log in, as accounts have higher limits, or run the job again when the limit is over.',
    },
    'layer-too-large': {
        kind: 'tool',
        remedy: 'Split the layer that holds the weights (GHCR takes 10 GB for each), load them at start, or raise the limit of the proxy before the registry (nginx: client_max_body_size).',
    },
    'clock-skew': { kind: 'tool', remedy: 'Set the clock of this machine (NTP): tokens are good only where both clocks agree.' },
    'push-timeout': {
        kind: 'tool',
        remedy: 'See at which registry it was: allow more time with push-timeout, or run the job again; what has arrived is not sent again.',
    },
    'push-failed': { kind: 'tool', remedy: 'See the message of the engine above; nothing points to the new image.' },
    'attestation-failed': {
        kind: 'tool',
        remedy: 'The image is pushed and its tags are set; only its attestation is missing. Run the job again, or let it go on without: attest: best-effort.',
    },
    'digest-ungated': {
        kind: 'gate',
        remedy: 'Let the job that builds it push it: org/ml-image-action with "push: digest" and the same images, in this run or by its digest in digests.',
    },
    'image-not-found': {
        kind: 'tool',
        remedy: 'Check from: NAME@sha256:DIGEST of a registry that may be read, or a name or id as "docker image ls" shows it.',
    },
    'layout-unusable': {
        kind: 'tool',
        remedy: 'Give the folder as "push: oci:DIR" has written it, whole (actions/download-artifact into DIR), or one of a builder (type=oci,tar=false).',
    },
    'layout-ungated': {
        kind: 'gate',
        remedy: 'Hand over what "push: oci:DIR" has written in a job of this very run, or let the gates run here: leave out smoke: false.',
    },
    'merge-mismatch': {
        kind: 'gate',
        remedy: 'Merge one image for each platform, all built from one commit: name them in digests, and what the index must hold in platforms.',
    },
    'digest-mismatch': {
        kind: 'tool',
        remedy: 'The registry holds something else than what was tested: do not deploy this tag. Another job may push the same tag.',
    },
    killed: {
        kind: 'tool',
        remedy: 'See what has ended it: the memory of the runner, the time limit of the job, or a cancel that nobody waited for. The post step has removed what the run had made.',
    },
    cancelled: { kind: 'tool', remedy: 'The run was cancelled; everything it made has been removed.' },
    internal: { kind: 'tool', remedy: 'This is a fault of the action: please open an issue with the log.' },
};
/** A tool, a registry or an input that stops the run. A red gate is not an error but a value in the report. */
class ActionError extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'ActionError';
        this.code = code;
    }
}
/** The text of anything thrown, without a stack. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 45306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ isOwnLayout)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _publish_record_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(20618);


const parts = new Set(['blobs', 'index.json', 'oci-layout']);
/** Whether a folder is a layout that this action has written, and nothing else: one may take its place. */
function isOwnLayout(files, folder) {
    if (!files.list(folder).every((name) => parts.has(name)))
        return false;
    try {
        const index = JSON.parse(files.readUntrusted((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'index.json')) ?? '');
        return index.manifests?.some(({ artifactType }) => artifactType === _publish_record_js__WEBPACK_IMPORTED_MODULE_1__/* .recordType */ .io) ?? false;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 45764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ placeText)
/* harmony export */ });
/** How a place is written in `push` and `from`. */
function placeText({ given }) {
    return `oci:${given}`;
}


/***/ }),

/***/ 43004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ countAnnotations),
/* harmony export */   Y: () => (/* binding */ mostAnnotations)
/* harmony export */ });
/** Of each level the runner shows so many of a step, and drops the others (actions/toolkit, docs/problem-matchers.md). */
const mostAnnotations = 10;
/** Counts the annotations of a step, whoever in it makes them. */
function countAnnotations() {
    const made = new Map();
    const room = (level) => mostAnnotations - (made.get(level) ?? 0);
    return {
        room,
        take: (level) => {
            if (room(level) <= 0)
                return false;
            made.set(level, (made.get(level) ?? 0) + 1);
            return true;
        },
    };
}


/***/ }),

/***/ 89914:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ untilAbandoned),
/* harmony export */   q: () => (/* binding */ cancelOnSignal)
/* harmony export */ });
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(41441);

/** The runner gives 7.5 s after its first signal. After this time (ms) a run is not waited for any longer... */
const patience = 5_000;
/** ... and after this one (ms) neither is its cleaning up, which is left to `post`. */
const cleaning = 1_600;
let abandoning = false;
/** Returns at once, but where a run is being abandoned: then the process leaves when that is done, and no sooner. */
async function untilAbandoned() {
    if (abandoning)
        await new Promise(() => { });
}
/**
 * Aborts on the first SIGINT or SIGTERM; if the run is not over soon, everything it has started is killed, and the process
 * leaves when it is `abandoned`.
 */
function cancelOnSignal(abandoned) {
    const cancel = new AbortController();
    const leave = () => process.exit(3);
    const onSignal = () => {
        if (cancel.signal.aborted)
            return;
        cancel.abort();
        setTimeout(() => {
            abandoning = true;
            (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .killAll */ .E7)();
            setTimeout(leave, cleaning);
            void abandoned().then(leave, leave);
        }, patience).unref();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return cancel.signal;
}


/***/ }),

/***/ 529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ cleanUp)
/* harmony export */ });
/* harmony import */ var _smoke_compose_remove_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8192);
/* harmony import */ var _smoke_container_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(23378);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(48647);
/* harmony import */ var _proc_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(63268);




/** An engine that says nothing for so long (ms) will not help any more. */
const patience = 20_000;
/** So often it is looked whether a container that somebody else removes is gone, 50 ms apart. */
const mostLooks = 20;
/** A host whose commands end in time, whatever the engine does. */
function bounded({ capture, sleep }) {
    return {
        capture: async (command) => {
            const over = new AbortController();
            const late = sleep(patience, over.signal).then(() => Promise.reject(new Error(`no answer for ${patience} ms`)));
            late.catch(() => undefined);
            return await Promise.race([capture(command), late]).finally(() => over.abort());
        },
    };
}
/** Ends the processes that a run which was killed has left at work. @returns how many groups of them there were */
async function endGroups(host, traces, env) {
    const alive = traces.flatMap((trace) => (trace.kind === 'group' && (0,_proc_js__WEBPACK_IMPORTED_MODULE_3__/* .bornAt */ .$)(host.files, trace.pid) === trace.born ? [trace.pid] : []));
    // By the shell: not every machine has a program for it.
    for (const pid of alive) {
        await host.capture({ argv: ['sh', '-c', 'kill -s KILL -- "-$0"', String(pid)], env }).catch(() => undefined);
    }
    // They take their time to die.
    for (let tries = 0; tries < 50 && alive.some((pid) => (0,_proc_js__WEBPACK_IMPORTED_MODULE_3__/* .bornAt */ .$)(host.files, pid) !== undefined); tries++)
        await host.sleep(20);
    return alive.length;
}
/**
 * Removes what a run noted down and did not come to remove. Only things of that very run; harmless when there is
 * nothing. Whatever is still at work is ended first: it would go on making things.
 * @returns what was there and is gone
 */
async function cleanUp(host, traces) {
    const env = (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .childEnvironment */ .Qc)('engine', host.env);
    const { capture } = bounded(host);
    const docker = async (...args) => await capture({ argv: ['docker', ...args], env }).catch(() => undefined);
    const removed = [];
    const ended = await endGroups(host, traces, env);
    if (ended > 0)
        removed.push(`${ended} ${ended === 1 ? 'process' : 'processes'}`);
    for (const trace of traces) {
        if (trace.kind === 'draft')
            host.files.remove(trace.path);
        if (trace.kind === 'folder' && host.files.kind(trace.path) === 'directory') {
            host.files.remove(trace.path);
            removed.push(trace.path);
        }
        if (trace.kind === 'containers') {
            const list = async () => {
                const found = await docker('ps', '--all', '--quiet', '--filter', `label=${_smoke_container_js__WEBPACK_IMPORTED_MODULE_1__/* .runLabel */ .Az}=${trace.runId}`);
                return found?.exitCode === 0 ? found.stdout.split('\n').filter((id) => id !== '') : [];
            };
            const ids = await list();
            const gone = ids.length > 0 ? await docker('rm', '--force', '--volumes', ...ids) : undefined;
            // "Already in progress": the run itself had begun to. Until it is gone its image keeps its name.
            for (let tries = 0; tries < mostLooks && gone && gone.exitCode !== 0 && (await list()).length > 0; tries++)
                await host.sleep(50);
            removed.push(...ids.map((id) => `container ${id}`));
        }
    }
    for (const trace of traces)
        if (trace.kind === 'project')
            removed.push(...(await (0,_smoke_compose_remove_js__WEBPACK_IMPORTED_MODULE_0__.removeProject)({ capture }, trace.name, env)));
    for (const trace of traces) {
        if (trace.kind !== 'network')
            continue;
        const gone = await docker('network', 'rm', trace.name);
        if (gone?.exitCode === 0)
            removed.push(`network ${trace.name}`);
    }
    const images = traces.flatMap((trace) => (trace.kind === 'image' ? [trace.name] : []));
    // All by one call: who is told to leave has next to no time.
    const said = images.length > 0 ? (await docker('image', 'rm', ...images))?.stdout : undefined;
    removed.push(...images.filter((name) => said?.includes(`Untagged: ${name}\n`)).map((name) => `image ${name}`));
    return removed;
}


/***/ }),

/***/ 93927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  k: () => (/* binding */ countRead)
});

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./lib/host/collect.js


/** So much may be read from children (bytes) between two collections, and so much of what only passes by. */
const steps = { output: 4 << 20, stream: 16 << 20 };
let collect;
/** What was read since the last one, as a share of its step. */
let read = 0;
/**
 * Counts what was read, and has V8 collect its young generation every few MiB. Left to itself it does so by the size of
 * its own heap, on which the buffers of a stream hardly weigh: 1 GB of output then takes 100 MB and more before the first
 * is freed, with this about 30, in the same time; and it marks all of the heap for every 16 MB of a layer that passes by,
 * which on the way of an image of 180 MB through search, cache and push was a fifth of this process's time.
 */
function countRead(bytes, kind = 'output') {
    read += bytes / steps[kind];
    if (read < 1)
        return;
    read = 0;
    if (!collect) {
        (0,external_node_v8_namespaceObject.setFlagsFromString)('--expose-gc');
        collect = (0,external_node_vm_namespaceObject.runInNewContext)('gc');
    }
    collect({ type: 'minor' });
}


/***/ }),

/***/ 48647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JO: () => (/* binding */ containerVariables),
/* harmony export */   Qc: () => (/* binding */ childEnvironment),
/* harmony export */   lE: () => (/* binding */ cacheServiceEnvironment),
/* harmony export */   n0: () => (/* binding */ looksSecret),
/* harmony export */   sy: () => (/* binding */ withheldNames),
/* harmony export */   xI: () => (/* binding */ cacheServiceGiven)
/* harmony export */ });
/* unused harmony export readByEngineClient */
/** What every child may see of the job: where things are, the language, proxies, certificates; no credentials. */
const common = /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LANGUAGE|LC_[A-Z]+|TZ|COLUMNS|TMPDIR|TMP|TEMP|CI|RUNNER_TRACKING_ID|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO)$/i;
const languages = /^(PYTHON[A-Z0-9_]*|pythonLocation|VIRTUAL_ENV|PYENV_[A-Z_]+|CONDA[A-Z0-9_]*|MAMBA_[A-Z_]+|JAVA_HOME|CUDA_[A-Z0-9_]+|NVIDIA_[A-Z_]+|LD_LIBRARY_PATH)$/;
const installer = /^(PIP_[A-Z0-9_]+|UV_[A-Z0-9_]+|NETRC|XDG_CACHE_HOME)$/;
const engine = /^(DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS|TLS_VERIFY|API_VERSION)|BUILDX_[A-Z_]+|BUILDKIT_[A-Z_]+|SSH_AUTH_SOCK|XDG_(RUNTIME_DIR|CONFIG_HOME))$/;
const cacheService = /^ACTIONS_(RUNTIME_TOKEN|RUNTIME_URL|RESULTS_URL|CACHE_URL|CACHE_SERVICE_V2)$/;
const telling = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;
/** Whether a variable is called as credentials are. */
function looksSecret(name) {
    return telling.test(name);
}
const lists = {
    /** Tests and other code of the user. */
    code: [common, languages],
    /** pip and uv, which may need a private index. */
    installer: [common, languages, installer],
    /** The docker client. */
    engine: [common, engine],
};
/** The environment of a child: of the job only what its kind is allowed, and `added` on top. */
function childEnvironment(kind, job, added = {}) {
    const allowed = Object.entries(job).flatMap(([name, value]) => value !== undefined && lists[kind].some((list) => list.test(name) && (list === installer || !looksSecret(name)))
        ? [[name, value]]
        : []);
    return { ...Object.fromEntries(allowed), ...added };
}
/** Whether the runner gives this job the cache service at all. */
function cacheServiceGiven(job) {
    return (Boolean(job['ACTIONS_RUNTIME_TOKEN'] && (job['ACTIONS_RESULTS_URL'] || job['ACTIONS_CACHE_URL'])) &&
        job['ACTIONS_CACHE_MODE'] !== 'none');
}
/** The variables by which buildx reaches the cache service of the job; for its client alone. */
function cacheServiceEnvironment(job) {
    return Object.fromEntries(Object.entries(job).flatMap(([name, value]) => (value && cacheService.test(name) ? [[name, value]] : [])));
}
/** Names of the job's variables that the tests do not get, for the hint on a red test. */
function withheldNames(job, given) {
    return Object.keys(job).filter((name) => !(name in given) && !/^(INPUT_|ACTIONS_|GITHUB_|RUNNER_|STATE_|npm_|_$|PWD$|OLDPWD$|SHLVL$)/.test(name));
}
/** Whether the docker client reads a variable of this name itself, so that it cannot carry a value for a container. */
function readByEngineClient(name) {
    return [common, engine].some((list) => list.test(name)) || /^(DOCKER|COMPOSE|BUILDX|BUILDKIT)_/.test(name);
}
/**
 * Variables for a container: arguments of `docker run`, and what its client needs in its own environment for them.
 * Values may be secret and stay out of argv; those of names that the client itself reads cannot.
 */
function containerVariables(values) {
    const entries = Object.entries(values);
    return {
        args: entries.flatMap(([name, value]) => ['--env', readByEngineClient(name) ? `${name}=${value}` : name]),
        env: Object.fromEntries(entries.filter(([name]) => !readByEngineClient(name))),
    };
}


/***/ }),

/***/ 41367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ machine)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(48161);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(58500);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __nccwpck_require__(51455);
// EXTERNAL MODULE: ./lib/host/process.js + 1 modules
var process = __nccwpck_require__(41441);
;// CONCATENATED MODULE: ./lib/host/disk.js



/** The bytes that are free for this user on the disk that holds `path`; undefined where that cannot be told. */
function freeBytes(path) {
    try {
        const { bavail, bsize } = (0,external_node_fs_.statfsSync)(path);
        return bavail * bsize;
    }
    catch {
        return undefined;
    }
}
/** Removes a folder; as root where this user may not and sudo asks for no password. What cannot be removed stays. */
async function discard(folder) {
    try {
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    }
    catch {
        const argv = ['sudo', '--non-interactive', 'rm', '-rf', '--one-file-system', '--', folder];
        await (0,process/* capture */.Fg)({ argv, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }).catch(() => undefined);
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
;// CONCATENATED MODULE: ./lib/host/files.js





function orUndefined(read) {
    try {
        return read();
    }
    catch {
        return undefined;
    }
}
/** A file that somebody hostile may have made is not read beyond this (bytes). */
const largestUntrusted = 64 << 20;
async function digest(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        const file = await (0,external_node_fs_promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
        for await (const piece of file.createReadStream({ highWaterMark: 1 << 20 }))
            hash.update(piece);
        return hash.digest('hex');
    }
    catch {
        return undefined;
    }
}
/** The real file system; temporary folders are made below `tempRoot`. */
function realFiles(tempRoot) {
    return {
        readText: (path) => orUndefined(() => (0,external_node_fs_.readFileSync)(path, 'utf8').replace(/^\uFEFF/, '')),
        readUntrusted: (path) => orUndefined(() => {
            const file = (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
            try {
                const { size } = (0,external_node_fs_.fstatSync)(file);
                return (0,external_node_fs_.fstatSync)(file).isFile() && size <= largestUntrusted ? (0,external_node_fs_.readFileSync)(file, 'utf8') : undefined;
            }
            finally {
                (0,external_node_fs_.closeSync)(file);
            }
        }),
        kind: (path) => {
            const found = orUndefined(() => (0,external_node_fs_.statSync)(path));
            return found?.isDirectory() ? 'directory' : found?.isFile() ? 'file' : undefined;
        },
        list: (directory) => orUndefined(() => (0,external_node_fs_.readdirSync)(directory)) ?? [],
        contents: (directory) => (orUndefined(() => (0,external_node_fs_.readdirSync)(directory, { withFileTypes: true })) ?? [])
            .flatMap((entry) => entry.isDirectory() ? [{ name: entry.name, kind: 'directory' }] : entry.isFile() ? [{ name: entry.name, kind: 'file' }] : [])
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
        stat: (path) => {
            const found = orUndefined(() => (0,external_node_fs_.lstatSync)(path));
            return found?.isFile() ? { bytes: found.size, modifiedMs: found.mtimeMs } : undefined;
        },
        stream: (path) => (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 20 }),
        digest,
        stamp: (path) => {
            const found = orUndefined(() => (0,external_node_fs_.statSync)(path));
            return found?.isFile() ? `${found.size} ${found.mtimeMs}` : undefined;
        },
        realPath: (path) => orUndefined(() => (0,external_node_fs_.realpathSync)(path)),
        freeBytes: freeBytes,
        writePrivate: (path, text) => (0,external_node_fs_.writeFileSync)(path, text, { mode: 0o600 }),
        replaceText: (path, text) => {
            (0,external_node_fs_.rmSync)(path, { force: true });
            // wx: what is put there meanwhile is not written to.
            (0,external_node_fs_.writeFileSync)(path, text, { flag: 'wx' });
        },
        writeText: (path, text) => (0,external_node_fs_.writeFileSync)(path, text),
        makeTemp: (purpose) => {
            const path = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(tempRoot, `ml-image-${purpose}-`));
            (0,external_node_fs_.chmodSync)(path, 0o700);
            return path;
        },
        makeFolder: (path) => (0,external_node_fs_.mkdirSync)(path, { recursive: true }),
        move: external_node_fs_.renameSync,
        // Another disk, or one without hard links.
        copy: (from, to) => (0,external_node_fs_promises_.link)(from, to).catch(() => (0,external_node_fs_promises_.copyFile)(from, to, external_node_fs_.constants.COPYFILE_FICLONE)),
        link: external_node_fs_.symlinkSync,
        share: (path, access) => (0,external_node_fs_.chmodSync)(path, access === 'read' ? 0o755 : 0o1777),
        remove: (path) => (0,external_node_fs_.rmSync)(path, { recursive: true, force: true, maxRetries: 3 }),
    };
}

;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(37067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(44708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(41692);
;// CONCATENATED MODULE: ./lib/host/connections.js



/** Headers as one text each. */
function flat(headers) {
    return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]));
}
/** Connections are kept so long (ms) after a request, and do not keep the process: what a router forgets is longer idle. */
const keeping = { keepAlive: true, timeout: 15_000 };
const plainConnections = new external_node_http_.Agent(keeping);
const secureConnections = new external_node_https_.Agent(keeping);
const trusts = new Map();
/** What trusts `ca` beside the machine's own authorities. Reading these takes its time: once for each, and no connection is shared. */
function trustIn(ca) {
    const known = trusts.get(ca);
    if (known)
        return known;
    const secureContext = (0,external_node_tls_.createSecureContext)({ ca: [...(0,external_node_tls_.getCACertificates)('default'), ca] });
    const made = { secureContext, connections: new external_node_https_.Agent({ ...keeping, secureContext }) };
    trusts.set(ca, made);
    return made;
}
/** What a request needs to trust `ca`, too. */
const trusting = (ca) => (ca === undefined ? {} : { secureContext: trustIn(ca).secureContext });
/** The connections that are kept for requests of this kind. */
const agentFor = (url, ca) => {
    if (!url.startsWith('https:'))
        return plainConnections;
    return ca === undefined ? secureConnections : trustIn(ca).connections;
};
const sender = (url) => (url.startsWith('https:') ? external_node_https_.request : external_node_http_.request);
/** A server that has not said by then (ms) whether it wants a body gets it (RFC 9110, 10.1.1). */
const askingTime = 1_000;
const asking = { expect: '100-continue' };
/** Sends the head of a request, and begins with its body when the server wants it; not when it refuses. */
function whenWanted(sent, begin) {
    const once = () => {
        clearTimeout(timer);
        sent.off('continue', once);
        begin();
    };
    const timer = setTimeout(once, askingTime);
    sent.once('continue', once);
    sent.once('response', () => clearTimeout(timer));
    sent.once('close', () => clearTimeout(timer));
    sent.flushHeaders();
}
/** What a server may need (ms) to put away a body that it has, as from one place of its storage to another: 10 MB/s. */
const putAway = (bytes) => bytes / 10_000;

;// CONCATENATED MODULE: ./lib/host/http.js



/** One exchange, on a connection of its own unless `reuse` is asked for: redirects are answers, the body stops at `maxBytes`. */
function request(asked) {
    return new Promise((resolve, reject) => {
        const body = asked.body === undefined ? undefined : Buffer.from(asked.body);
        const streams = asked.file !== undefined || asked.into !== undefined;
        const limits = streams ? [] : [AbortSignal.timeout(asked.timeoutMs)];
        const signal = AbortSignal.any([...limits, ...(asked.signal ? [asked.signal] : [])]);
        const length = asked.file === undefined ? body?.length : (0,external_node_fs_.statSync)(asked.file).size;
        const headers = {
            'user-agent': 'ml-image-action',
            ...asked.headers,
            ...(length === undefined ? {} : { 'content-length': String(length) }),
            ...(asked.askFirst ? asking : {}),
        };
        const began = performance.now();
        let refused = false;
        let answered = false;
        const sent = sender(asked.url)(asked.url, { method: asked.method, headers, signal, agent: asked.reuse ? agentFor(asked.url, asked.ca) : false, ...trusting(asked.ca) }, (answer) => {
            answered = true;
            if (asked.into !== undefined && answer.statusCode === 200) {
                (0,external_node_stream_promises_namespaceObject.pipeline)(answer, (0,external_node_fs_.createWriteStream)(asked.into, { highWaterMark: 1 << 20, mode: 0o600 })).then(() => resolve({ status: 200, headers: flat(answer.headers), body: new Uint8Array() }), reject);
                return;
            }
            const chunks = [];
            let size = 0;
            // A refusal counts as far as it was heard: its server may cut off what it does not want to read.
            refused = (answer.statusCode ?? 0) >= 400;
            const done = () => {
                resolve({
                    status: answer.statusCode ?? 0,
                    headers: flat(answer.headers),
                    body: Buffer.concat(chunks),
                    tookMs: performance.now() - began,
                });
                // Refused before its end: the rest is for nobody.
                if (asked.file !== undefined || asked.askFirst)
                    sent.destroy();
            };
            answer.on('data', (chunk) => {
                const room = (asked.maxBytes ?? 1 << 20) - size;
                chunks.push(chunk.subarray(0, room));
                size += chunk.length;
                if (chunk.length > room) {
                    done();
                    answer.destroy();
                }
            });
            answer.on('end', done);
            answer.on('error', refused ? done : reject);
        });
        sent.on('error', (error) => {
            if (refused && !signal.aborted)
                return;
            // A server may close a connection that it has kept in the moment that it is used again.
            if (sent.reusedSocket && !streams && 'code' in error && error.code === 'ECONNRESET' && !answered)
                return resolve(request({ ...asked, reuse: false }));
            reject(signal.aborted && !asked.signal?.aborted ? new Error(`timed out after ${asked.timeoutMs} ms`, { cause: error }) : error);
        });
        if (streams)
            sent.setTimeout(asked.timeoutMs, () => sent.destroy(new Error(`timed out after ${asked.timeoutMs} ms of silence`)));
        if (asked.file !== undefined)
            sent.once('finish', () => sent.setTimeout(asked.timeoutMs + putAway(length ?? 0)));
        const begin = () => {
            if (asked.file === undefined)
                return void sent.end(body);
            const file = (0,external_node_fs_.createReadStream)(asked.file, { highWaterMark: 1 << 20 });
            file.on('error', (error) => sent.destroy(error));
            sent.on('close', () => file.destroy());
            const { onSent } = asked;
            if (onSent)
                file.on('data', (chunk) => onSent(chunk.length));
            file.pipe(sent);
        };
        if (asked.askFirst)
            whenWanted(sent, begin);
        else
            begin();
    });
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(57075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(38522);
// EXTERNAL MODULE: ./lib/host/collect.js + 2 modules
var collect = __nccwpck_require__(93927);
;// CONCATENATED MODULE: ./lib/host/inflate.js



const options = { chunkSize: 1 << 20 };
/** What undoes the compression that the first bytes of a stream tell (RFC 1952, RFC 8878). */
function undoing(first) {
    if (first[0] === 0x1f && first[1] === 0x8b)
        return (0,external_node_zlib_.createGunzip)(options);
    if (first[0] === 0x28 && first[1] === 0xb5 && first[2] === 0x2f && first[3] === 0xfd)
        return (0,external_node_zlib_.createZstdDecompress)(options);
    return undefined;
}
/** With what was read so far collected in time. */
async function* counted(pieces) {
    for await (const piece of pieces) {
        (0,collect/* countRead */.k)(piece.length, 'stream');
        yield piece;
    }
}
/** As `Host.inflate`. Its work is done by threads of Node's own, beside everything else. */
async function* inflate(source) {
    const pieces = counted(source)[Symbol.asyncIterator]();
    // So many bytes tell the compression; they may come one by one.
    let first = new Uint8Array();
    while (first.length < 4) {
        const next = await pieces.next();
        if (next.done)
            break;
        first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
    }
    if (first.length === 0)
        return;
    const begun = async function* () {
        yield first;
        for (let next = await pieces.next(); !next.done; next = await pieces.next())
            yield next.value;
    };
    const transform = undoing(first);
    if (!transform) {
        yield* begun();
        return;
    }
    const input = external_node_stream_.Readable.from(begun(), { objectMode: false, highWaterMark: 1 << 20 });
    input.on('error', (error) => transform.destroy(error));
    yield* counted(input.pipe(transform));
}

;// CONCATENATED MODULE: ./lib/host/relay.js






/** Bytes that may wait in the relay on their way, in either direction: fewer turns for a large layer. */
const wide = { highWaterMark: 1 << 20 };
/** So much of a refusal (bytes) is told to whoever asked for its end. */
const longestRefusal = 8 << 10;
const hopByHop = new Set([
    'connection',
    'keep-alive',
    'host',
    'authorization',
    'transfer-encoding',
    'te',
    'trailer',
    'upgrade',
    'proxy-authorization',
]);
async function readAll(message) {
    const chunks = [];
    for await (const chunk of message) {
        (0,collect/* countRead */.k)(chunk.length, 'stream');
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
/** Writes a body behind what a file holds, hashed on its way. */
async function save(message, path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    await (0,external_node_stream_promises_namespaceObject.pipeline)(message, async function* (pieces) {
        for await (const piece of pieces) {
            hash.update(piece);
            bytes += piece.length;
            yield piece;
        }
    }, (0,external_node_fs_.createWriteStream)(path, { flags: 'a', highWaterMark: 1 << 20 }));
    return { bytes, digest: `sha256:${hash.digest('hex')}` };
}
/** Passes one request on by the rules, its body streamed. */
async function pass(rules, incoming, outgoing) {
    const headers = flat(incoming.headers);
    const method = incoming.method ?? 'GET';
    let step = await rules.route({ method, path: incoming.url ?? '/', headers, readBody: () => readAll(incoming), body: incoming });
    while (step.kind === 'save')
        step = await step.answer(await save(incoming, step.path));
    if (step.kind === 'answer') {
        const length = method === 'HEAD' ? step.headers?.['content-length'] : undefined;
        outgoing
            .writeHead(step.status, { ...step.headers, 'content-length': length ?? String(Buffer.byteLength(step.body)) })
            .end(method === 'HEAD' ? undefined : step.body);
        return;
    }
    if (step.kind === 'file') {
        outgoing.writeHead(200, { ...step.headers, 'content-length': String((0,external_node_fs_.statSync)(step.path).size) });
        if (method === 'HEAD')
            outgoing.end();
        else
            await (0,external_node_stream_promises_namespaceObject.pipeline)((0,external_node_fs_.createReadStream)(step.path, { highWaterMark: 1 << 20 }), outgoing);
        return;
    }
    await forward(rules, step, incoming, outgoing);
}
/** Sends a request on and its answer back, both as they come. */
async function forward(rules, step, incoming, outgoing) {
    const headers = flat(incoming.headers);
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
    const chunked = headers['transfer-encoding'] ? { 'transfer-encoding': headers['transfer-encoding'] } : {};
    const { settle = (status) => status } = step;
    const passed = { status: 502, sent: 0, received: 0 };
    let answered;
    const said = [];
    try {
        await new Promise((resolve, reject) => {
            const options = {
                ...wide,
                method: step.method,
                headers: { ...kept, ...chunked, ...step.headers, ...(step.askFirst ? asking : {}) },
                ...(step.signal ? { signal: step.signal } : {}),
                ...trusting(step.ca),
            };
            const failed = (error) => {
                // Who has answered may do without the rest of the request; what becomes of the answer is seen there.
                if (!answered || passed.status < 400)
                    reject(error);
            };
            const sent = sender(step.url)(step.url, options, (answer) => {
                const { location, ...rest } = answer.headers;
                answered = answer;
                passed.status = answer.statusCode ?? 502;
                answer.on('data', (chunk) => {
                    (0,collect/* countRead */.k)(chunk.length, 'stream');
                    if (passed.status >= 400 && passed.received < longestRefusal)
                        said.push(chunk);
                    passed.received += chunk.length;
                });
                outgoing.writeHead(settle(passed.status), {
                    ...rest,
                    ...(location === undefined ? {} : { location: rules.location(location, step.url) }),
                });
                (0,external_node_stream_promises_namespaceObject.pipeline)(answer, outgoing).then(resolve, passed.status >= 400 ? () => resolve() : reject);
            });
            sent.on('error', failed);
            const { idleMs } = step;
            if (idleMs !== undefined) {
                sent.setTimeout(idleMs, () => sent.destroy(new Error(`no byte for ${idleMs} ms`)));
                sent.once('finish', () => sent.setTimeout(idleMs + putAway(passed.sent)));
            }
            const begin = () => {
                incoming.on('data', (chunk) => {
                    (0,collect/* countRead */.k)(chunk.length, 'stream');
                    passed.sent += chunk.length;
                    step.onSent?.(chunk.length);
                });
                if (step.body === undefined)
                    (0,external_node_stream_promises_namespaceObject.pipeline)(incoming, sent).catch(failed);
                else
                    sent.end(step.body);
            };
            if (step.askFirst)
                whenWanted(sent, begin);
            else
                begin();
        });
    }
    catch (error) {
        passed.status = 502;
        answered = undefined;
        if (!step.settle || outgoing.headersSent)
            throw error;
        outgoing.writeHead(settle(502)).end();
    }
    finally {
        const refusal = answered && passed.status >= 400 ? { status: passed.status, headers: flat(answered.headers), body: Buffer.concat(said) } : undefined;
        step.onEnd?.({ ...passed, ...(refusal ? { refusal } : {}) });
    }
}
/** Opens a door on 127.0.0.1 at a free port; a request that cannot be passed on is answered 502, or cut off. */
async function openRelay(rules) {
    let requests = 0;
    const server = (0,external_node_http_.createServer)(wide, (incoming, outgoing) => {
        requests++;
        pass(rules, incoming, outgoing).catch((error) => {
            if (outgoing.headersSent)
                outgoing.destroy();
            else
                outgoing
                    .writeHead(502, { 'content-type': 'application/json' })
                    .end(JSON.stringify({ errors: [{ code: 'UNAVAILABLE', message: String(error instanceof Error ? error.message : error) }] }));
        });
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return {
        port: server.address().port,
        requests: () => requests,
        [Symbol.asyncDispose]: () => new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        }),
    };
}

;// CONCATENATED MODULE: ./lib/host/machine.js









/** What a runner and a laptop have in common: the machine. Temporary folders are made below `tempRoot`. */
function machine(tempRoot) {
    return {
        hostname: (0,external_node_os_.hostname)(),
        runId: (0,external_node_crypto_.randomBytes)(6).toString('hex'),
        files: realFiles(tempRoot),
        now: () => Date.now(),
        sleep: async (ms, signal) => void (await (0,promises_.setTimeout)(ms, undefined, signal ? { signal } : {})),
        capture: process/* capture */.Fg,
        letGo: process/* letGo */.Ko,
        stream: process/* stream */.Td,
        request: request,
        relay: openRelay,
        cloudToken: async (asked) => (await __nccwpck_require__.e(/* import() */ 8382).then(__nccwpck_require__.bind(__nccwpck_require__, 88382))).cloudToken(asked),
        discard: discard,
        inflate: inflate,
    };
}


/***/ }),

/***/ 63268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ bornAt)
/* harmony export */ });
/**
 * When a process was born, in ticks since the machine was started (proc(5), field 22 of /proc/PID/stat): with its number it
 * is that process and no other. Undefined where there is none, where it has ended and nobody has asked how, and on a system
 * without /proc.
 */
function bornAt(files, pid) {
    // The name in parentheses may hold anything, parentheses too.
    const [, rest] = /^\d+ \(.*\) (.*)$/s.exec(files.readText(`/proc/${pid}/stat`) ?? '') ?? [];
    const fields = rest?.trim().split(' ') ?? [];
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}


/***/ }),

/***/ 41441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Fg: () => (/* binding */ capture),
  E7: () => (/* binding */ killAll),
  Ko: () => (/* binding */ letGo),
  Td: () => (/* binding */ stream)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(31421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(73024);
// EXTERNAL MODULE: ./lib/node_modules/@actions/exec/lib/exec.js + 2 modules
var exec = __nccwpck_require__(55874);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __nccwpck_require__(2521);
// EXTERNAL MODULE: ./lib/host/collect.js + 2 modules
var collect = __nccwpck_require__(93927);
;// CONCATENATED MODULE: ./lib/host/flood.js
/** How much of the end of a flood is kept (bytes). */
const kept = 256 << 10;
/**
 * Passes a stream on until `most` bytes; of what comes after that only the end, once it is over. Who writes gigabytes
 * pays for it, not who listens.
 */
class Flood {
    #sink;
    #most;
    #last = [];
    #seen = 0;
    #size = 0;
    constructor(sink, most) {
        this.#sink = sink;
        this.#most = most;
    }
    push(chunk) {
        this.#seen += chunk.length;
        if (this.#seen <= this.#most) {
            this.#sink.push(chunk);
            return;
        }
        this.#last.push(chunk);
        this.#size += chunk.length;
        while (this.#size - (this.#last[0]?.length ?? 0) >= kept)
            this.#size -= this.#last.shift()?.length ?? 0;
    }
    end() {
        for (const chunk of this.#last.splice(0))
            this.#sink.push(chunk);
        this.#sink.end();
    }
}

// EXTERNAL MODULE: ./lib/host/sanitise.js
var sanitise = __nccwpck_require__(85150);
;// CONCATENATED MODULE: ./lib/host/process.js







/** Between TERM and KILL (ms): enough for buildx to tell BuildKit, short enough to be gone when the runner asks. */
const grace = 1_500;
/** After the process ended, how long its pipes may be held open by what it left behind (ms). */
const pipeGrace = 500;
/**
 * A short one that reads its input, or that can be ended. @actions/exec breaks off with EPIPE where the child does not read
 * it all, and never ends one.
 */
function captureHere({ argv: [program = '', ...args], env, cwd, input = '', signal }) {
    return new Promise((resolve, reject) => {
        const child = (0,external_node_child_process_.spawn)(program, args, {
            env: { ...env },
            stdio: 'pipe',
            ...(cwd === undefined ? {} : { cwd }),
            ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
        });
        const text = { stdout: '', stderr: '' };
        for (const from of ['stdout', 'stderr']) {
            child[from].setEncoding('utf8').on('data', (chunk) => {
                text[from] += chunk;
            });
        }
        child.stdin.on('error', () => { }).end(input);
        child.on('error', reject);
        child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, ...text }));
    });
}
/** @actions/exec for the short ones. */
async function capture(command) {
    const [program = '', ...args] = command.argv;
    try {
        if (command.input !== undefined || command.signal !== undefined)
            return await captureHere(command);
        return await (0,exec/* getExecOutput */.H)(program, args, {
            silent: true,
            ignoreReturnCode: true,
            env: command.env,
            ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        });
    }
    catch (error) {
        throw new errors/* ActionError */.lZ('tool-missing', `${program} cannot be run (${(0,errors/* messageOf */.bD)(error)})`, { cause: error });
    }
}
/**
 * Starts a command at once, in a session of its own: @actions/exec first looks for the program, and a process that leaves
 * meanwhile has started nothing.
 */
function letGo({ argv: [program = '', ...args], env, cwd }) {
    const options = { env: { ...env }, detached: true, stdio: 'ignore', ...(cwd === undefined ? {} : { cwd }) };
    (0,external_node_child_process_.spawn)(program, args, options)
        .on('error', () => { })
        .unref();
}
const groups = new Set();
function signalGroup(pid, signal) {
    try {
        process.kill(-pid, signal);
    }
    catch {
        // The group is gone already.
    }
}
/** Our children, as Linux lists them; those of short commands are in no group of ours. */
function children() {
    try {
        return (0,external_node_fs_.readFileSync)(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    }
    catch {
        return [];
    }
}
/** KILL for every group and child still running: the last thing before the process leaves. */
function killAll() {
    for (const pid of groups)
        signalGroup(pid, 'SIGKILL');
    for (const pid of children()) {
        try {
            process.kill(pid, 'SIGKILL');
        }
        catch {
            // It is gone already.
        }
    }
}
/** Runs a command in its own process group; the group ends as a whole, TERM first, then KILL. */
function stream(command, options, onGroup = () => () => { }) {
    const [program = '', ...args] = command.argv;
    return new Promise((resolve, reject) => {
        if (options.signal.aborted)
            return resolve({ kind: 'stopped' });
        const child = (0,external_node_child_process_.spawn)(program, args, {
            detached: true,
            env: { ...command.env },
            stdio: ['pipe', 'pipe', 'pipe'],
            ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        });
        const { pid } = child;
        if (pid !== undefined)
            groups.add(pid);
        const gone = pid === undefined ? undefined : onGroup(pid);
        child.stdin.on('error', () => { }).end(command.input);
        const splitters = ['stdout', 'stderr'].map((from) => {
            const splitter = new Flood(new sanitise/* LineSplitter */.g3((line) => options.onLine(line, from)), options.mostBytes ?? Number.POSITIVE_INFINITY);
            child[from].on('data', (chunk) => {
                splitter.push(chunk);
                (0,collect/* countRead */.k)(chunk.length);
                // Who reads our output slower than this writes must not make us keep it.
                if (!process.stdout.writableNeedDrain || child.stdout.isPaused())
                    return;
                for (const pipe of [child.stdout, child.stderr])
                    pipe.pause();
                process.stdout.once('drain', () => {
                    for (const pipe of [child.stdout, child.stderr])
                        pipe.resume();
                });
            });
            return splitter;
        });
        let reason;
        let kill;
        const end = (why) => {
            if (reason || pid === undefined)
                return;
            reason = why;
            signalGroup(pid, 'SIGTERM');
            kill = setTimeout(() => signalGroup(pid, 'SIGKILL'), grace);
        };
        const onAbort = () => end('stopped');
        options.signal.addEventListener('abort', onAbort, { once: true });
        const clock = options.timeoutMs === undefined ? undefined : setTimeout(() => end('timeout'), options.timeoutMs);
        const finish = (ended) => {
            clearTimeout(clock);
            clearTimeout(kill);
            options.signal.removeEventListener('abort', onAbort);
            for (const splitter of splitters)
                splitter.end();
            // What the command left running in its group goes with it.
            if (pid !== undefined) {
                signalGroup(pid, 'SIGKILL');
                groups.delete(pid);
            }
            gone?.();
            resolve(ended);
        };
        child.on('error', (error) => {
            clearTimeout(clock);
            options.signal.removeEventListener('abort', onAbort);
            if (pid === undefined)
                reject(new errors/* ActionError */.lZ('tool-missing', `${program} cannot be run (${error.message})`, { cause: error }));
        });
        child.on('exit', (exitCode, signal) => {
            const ended = reason ? { kind: reason } : signal ? { kind: 'killed', signal } : { kind: 'exited', exitCode: exitCode ?? 0 };
            const give = setTimeout(() => {
                child.stdout.destroy();
                child.stderr.destroy();
            }, pipeGrace);
            child.on('close', () => {
                clearTimeout(give);
                finish(ended);
            });
        });
    });
}


/***/ }),

/***/ 96134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Bo: () => (/* binding */ runnerHost),
  az: () => (/* binding */ savedTraces),
  L9: () => (/* binding */ stageTitle)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(48161);
// EXTERNAL MODULE: ./lib/node_modules/@actions/core/lib/core.js + 3 modules
var core = __nccwpck_require__(86120);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __nccwpck_require__(2521);
// EXTERNAL MODULE: ./lib/host/annotations.js
var annotations = __nccwpck_require__(43004);
;// CONCATENATED MODULE: ./lib/host/attestations.js
/** The URL of an instance that signs follows from the name and GITHUB_SERVER_URL, in the library. */
const sign = async ({ subject, predicateType, predicate }, instance) => {
    const { attest } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(2830), __nccwpck_require__.e(976), __nccwpck_require__.e(8777)]).then(__nccwpck_require__.bind(__nccwpck_require__, 38777));
    const { bundle, tlogID } = await attest({
        subjects: subject.map(({ name, digest }) => ({ name, digest: { ...digest } })),
        predicateType,
        predicate,
        sigstore: instance,
        token: '',
        // Stored by us: where GitHub does not take it, the registry still can.
        skipWrite: true,
    });
    return { bundle: JSON.stringify(bundle), mediaType: bundle.mediaType, ...(tlogID === undefined ? {} : { logIndex: tlogID }) };
};
/** https://docs.github.com/rest/repos/attestations#create-an-attestation */
const store = async (repository, bundle, token, signal) => {
    const { getOctokit } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(976)]).then(__nccwpck_require__.bind(__nccwpck_require__, 30976));
    const [owner = '', repo = ''] = repository.split('/');
    const { data } = await getOctokit(token).request('POST /repos/{owner}/{repo}/attestations', {
        ...{ owner, repo, bundle: JSON.parse(bundle) },
        request: { signal },
    });
    return String(data.id ?? '');
};
/** Sigstore by @actions/attest, and GitHub's store of attestations; both libraries are loaded when they are asked. */
const attestations = { sign, store };

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(73024);
;// CONCATENATED MODULE: ./lib/host/command-files.js


/** The files by which an action speaks to the runner and to later steps. */
const variables = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ARTIFACTS'];
/** Watches the command files of the step, by size and time of change. */
function watchCommandFiles(env) {
    const mark = (variable) => {
        try {
            // The time of the inode's change cannot be set back as that of the content can.
            const { size, mtimeMs, ctimeMs } = (0,external_node_fs_.statSync)(env[variable] ?? '');
            return `${size} ${mtimeMs} ${ctimeMs}`;
        }
        catch {
            return '';
        }
    };
    const known = new Map(variables.map((variable) => [variable, mark(variable)]));
    const changed = () => variables.filter((variable) => mark(variable) !== known.get(variable));
    return {
        changed,
        writing: (write) => {
            const theirs = new Set(changed());
            write();
            for (const variable of variables)
                if (!theirs.has(variable))
                    known.set(variable, mark(variable));
        },
    };
}
/** Adds to the job summary, at once: the process may leave next. Runners that have none name no file. */
function appendSummary(path, markdown) {
    if (path)
        (0,external_node_fs_.appendFileSync)(path, markdown);
}
/** A variable for later steps, written to GITHUB_ENV. Not core.exportVariable: that puts it into our own environment, too. */
function appendVariable(path, name, value) {
    if (!path)
        return;
    const end = `end_${(0,external_node_crypto_.randomUUID)()}`;
    (0,external_node_fs_.appendFileSync)(path, `${name}<<${end}\n${value}\n${end}\n`);
}
/** A line for GITHUB_ARTIFACTS (actions/runner, CreateArtifactsFileCommand.cs). Runners that do not know the file do not name one. */
function appendArtifact(path, reference) {
    if (path)
        (0,external_node_fs_.appendFileSync)(path, `${reference}\n`);
}

;// CONCATENATED MODULE: ./lib/host/comments.js
const perPage = 100;
/**
 * https://docs.github.com/rest/issues/comments: a pull request is an issue to it. The client is loaded when it is asked
 * for the first time, and finds the API at GITHUB_API_URL.
 */
function pullComments(repository, pull, token, signal) {
    const [owner = '', repo = ''] = repository.split('/');
    const common = { owner, repo, request: { signal } };
    const octokit = async () => (await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(976)]).then(__nccwpck_require__.bind(__nccwpck_require__, 30976))).getOctokit(token);
    return {
        page: async (page) => {
            const { rest } = await octokit();
            const { data, headers } = await rest.issues.listComments({ ...common, issue_number: pull, per_page: perPage, page });
            const comments = data.map(({ id, body, user, html_url }) => ({ id, body: body ?? '', author: user?.login ?? '', url: html_url }));
            return { comments, last: !/rel="next"/.test(headers.link ?? '') };
        },
        create: async (body) => {
            const { rest } = await octokit();
            return (await rest.issues.createComment({ ...common, issue_number: pull, body })).data.html_url;
        },
        update: async (id, body) => {
            const { rest } = await octokit();
            return (await rest.issues.updateComment({ ...common, comment_id: id, body })).data.html_url;
        },
        // REST has no answer for the token of a job; GraphQL has.
        viewer: async () => {
            const { graphql } = await octokit();
            return (await graphql('query { viewer { login } }', { request: { signal } })).viewer.login;
        },
    };
}

// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __nccwpck_require__(48647);
;// CONCATENATED MODULE: ./lib/host/github.js
/** One question to GitHub's API is given up after this time (ms). */
const timeLimit = 10_000;
/** GitHub's API at GITHUB_API_URL. Loaded when it is asked for the first time: most runs do not need it before their end. */
async function octokit(token) {
    const { getOctokit } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(976)]).then(__nccwpck_require__.bind(__nccwpck_require__, 30976));
    return getOctokit(token);
}
/** https://docs.github.com/rest/commits/commits#compare-two-commits */
const compareCommits = async (repository, base, head, token) => {
    const [owner = '', repo = ''] = repository.split('/');
    const { rest } = await octokit(token);
    const { data } = await rest.repos.compareCommitsWithBasehead({
        ...{ owner, repo, basehead: `${base}...${head}` },
        request: { signal: AbortSignal.timeout(timeLimit) },
    });
    const { status } = data;
    if (status !== 'ahead' && status !== 'behind' && status !== 'identical' && status !== 'diverged')
        throw new Error(`GitHub answers with the status ${status}`);
    return { status, missing: (data.commits ?? []).map(({ sha }) => sha) };
};
/** https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow */
const runNumbers = async (repository, workflow, commit, token) => {
    const [owner = '', repo = ''] = repository.split('/');
    const { rest } = await octokit(token);
    const { data } = await rest.actions.listWorkflowRuns({
        ...{ owner, repo, workflow_id: workflow, head_sha: commit },
        request: { signal: AbortSignal.timeout(timeLimit) },
    });
    return (data.workflow_runs ?? []).map(({ run_number }) => run_number);
};

// EXTERNAL MODULE: ./lib/host/machine.js + 7 modules
var machine = __nccwpck_require__(41367);
;// CONCATENATED MODULE: ./lib/host/package-cache.js
/** A cache that does not answer is no reason to wait (ms). */
const patience = 30_000;
function within(work) {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${patience / 1000} s`)), patience).unref());
    return Promise.race([work, late]);
}
/** @actions/cache, loaded only where there is something to cache. */
const packageCache = {
    restore: async (path, key, restoreKeys) => {
        const { restoreCache } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(2830), __nccwpck_require__.e(1143), __nccwpck_require__.e(1675)]).then(__nccwpck_require__.bind(__nccwpck_require__, 21675));
        return await within(restoreCache([path], key, [...restoreKeys]));
    },
    has: async (path, key) => {
        const { restoreCache } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(2830), __nccwpck_require__.e(1143), __nccwpck_require__.e(1675)]).then(__nccwpck_require__.bind(__nccwpck_require__, 21675));
        return (await within(restoreCache([path], key, [], { lookupOnly: true }))) !== undefined;
    },
    save: async (path, key) => {
        const { saveCache } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(2830), __nccwpck_require__.e(1143), __nccwpck_require__.e(1675)]).then(__nccwpck_require__.bind(__nccwpck_require__, 21675));
        // Beside other work: at this level an archive of packages takes half the time, and is a seventh larger.
        process.env['ZSTD_CLEVEL'] ??= '1';
        await within(saveCache([path], key));
    },
};

// EXTERNAL MODULE: ./lib/host/proc.js
var proc = __nccwpck_require__(63268);
// EXTERNAL MODULE: ./lib/host/process.js + 1 modules
var host_process = __nccwpck_require__(41441);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(58500);
// EXTERNAL MODULE: ./lib/plan/payload.js
var payload = __nccwpck_require__(33981);
;// CONCATENATED MODULE: ./lib/host/repository.js


const pauses = [250, 1_000];
/**
 * Asks GitHub's API (`GITHUB_API_URL`) about a repository; again after a 5xx. Whatever goes wrong, the answer is
 * nothing, after `patience` (ms, for all tries together) at the latest: a label is not worth a longer wait.
 */
async function ask(repository, token, patience, question) {
    const { getOctokit } = await Promise.all(/* import() */[__nccwpck_require__.e(4119), __nccwpck_require__.e(976)]).then(__nccwpck_require__.bind(__nccwpck_require__, 30976));
    const [owner = '', repo = ''] = repository.split('/');
    const signal = AbortSignal.timeout(patience);
    for (const pause of [...pauses, undefined]) {
        try {
            return await question(getOctokit(token), { owner, repo, request: { signal } });
        }
        catch (error) {
            // The client calls a network that is not there a 500 too, but one without a response.
            const { response } = error;
            if (pause === undefined || response === undefined || response.status < 500)
                break;
            await (0,promises_.setTimeout)(pause, undefined, { signal }).catch(() => undefined);
            if (signal.aborted)
                break;
        }
    }
    return undefined;
}
/** What a repository is. */
async function askRepository(repository, token, patience = 10_000) {
    const get = async (github, common) => (0,payload/* readRepository */.Nu)((await github.rest.repos.get(common)).data);
    return (await ask(repository, token, patience, get)) ?? {};
}
/** When a commit was made (ISO 8601). */
async function askCommitTime(repository, sha, token, patience = 10_000) {
    return await ask(repository, token, patience, async (github, common) => (await github.rest.repos.getCommit({ ...common, ref: sha })).data.commit.committer?.date);
}

// EXTERNAL MODULE: ./lib/host/sanitise.js
var sanitise = __nccwpck_require__(85150);
// EXTERNAL MODULE: ./lib/host/secret-forms.js
var secret_forms = __nccwpck_require__(96546);
// EXTERNAL MODULE: ./lib/host/turns.js
var turns = __nccwpck_require__(50030);
;// CONCATENATED MODULE: ./lib/host/runner.js

















const tracesState = 'traces';
/** What `main` left for `post` to remove. */
function savedTraces() {
    const text = core/* getState */.Gu(tracesState);
    return text === '' ? [] : JSON.parse(text);
}
const titles = {
    inputs: 'Inputs',
    plan: 'Plan',
    test: 'Test',
    build: 'Build',
    inspect: 'Inspect',
    smoke: 'Smoke',
    gate: 'Gate command',
    quality: 'Quality',
    publish: 'Publish',
    report: 'Report',
};
function stageTitle(stage) {
    return titles[stage];
}
const annotated = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
/** The runner of GitHub Actions; `traces` are what has been left so far. */
function runnerHost(env) {
    const traces = [];
    const hidden = new Set();
    const secrets = new Set();
    const masked = (text) => (0,secret_forms/* maskIn */.Yk)(text, hidden);
    const print = (text) => void process.stdout.write(`${(0,sanitise/* safeText */.Hk)(text)}\n`);
    const openTurn = (0,turns/* createTurns */.z)(print);
    const shown = (0,annotations/* countAnnotations */.M)();
    let summarised = false;
    const commandFiles = watchCommandFiles(env);
    const { files, ...here } = (0,machine/* machine */.A)(env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)());
    const leave = (trace) => {
        traces.push(trace);
        commandFiles.writing(() => core/* saveState */.LZ(tracesState, traces));
    };
    return {
        kind: 'runner',
        env,
        workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
        ...here,
        files,
        // Killed outright, this process takes none of its groups along.
        stream: (command, options) => (0,host_process/* stream */.Td)(command, options, (pid) => {
            const born = (0,proc/* bornAt */.$)(files, pid);
            const trace = born === undefined ? undefined : { kind: 'group', pid, born };
            if (trace)
                leave(trace);
            // The next to be noted is noted without it.
            return () => void (trace && traces.splice(traces.indexOf(trace), 1));
        }),
        secrets: () => [...secrets],
        hide: (secret) => {
            secrets.add(secret);
            for (const form of (0,secret_forms/* secretForms */.eo)(secret)) {
                if (!hidden.has(form))
                    core/* setSecret */.Pq(form);
                hidden.add(form);
            }
        },
        masked,
        // The runner masks its log; who reads outputs, the summary in the making and our report reads what we write.
        output: (name, value) => commandFiles.writing(() => core/* setOutput */.uH(name, masked(value))),
        exportVariable: (name, value) => commandFiles.writing(() => appendVariable(env['GITHUB_ENV'], name, value)),
        // At once: the process does not wait for what @actions/core would write later.
        summary: (markdown) => {
            // One that is abandoned may yet come to its end.
            if (summarised)
                return;
            summarised = true;
            try {
                commandFiles.writing(() => appendSummary(env['GITHUB_STEP_SUMMARY'], masked(markdown)));
            }
            catch (error) {
                core/* warning */.$e(`The job summary could not be written (${(0,errors/* messageOf */.bD)(error)}).`);
            }
        },
        annotate: ({ level, title, message, file, line }) => {
            if (!shown.take(level))
                return print(`${level}: ${title}${file === undefined ? '' : ` ${file}:${line ?? 1}`}\n${message}`);
            annotated[level]((0,sanitise/* safeText */.Hk)(message), {
                title,
                ...(file === undefined ? {} : { file }),
                ...(line === undefined ? {} : { startLine: line }),
            });
        },
        annotationRoom: shown.room,
        leave,
        traces,
        attestations: attestations,
        comments: pullComments,
        declareArtifact: (reference) => commandFiles.writing(() => appendArtifact(env['GITHUB_ARTIFACTS'], reference)),
        changedCommandFiles: commandFiles.changed,
        ...((0,environment/* cacheServiceGiven */.xI)(env) ? { packageCache: packageCache } : {}),
        repository: askRepository,
        commitTime: askCommitTime,
        compareCommits: compareCommits,
        runNumbers: runNumbers,
        log: {
            line: print,
            notice: (text) => (shown.take('notice') ? core/* notice */.lm((0,sanitise/* safeText */.Hk)(text)) : print(`notice: ${text}`)),
            warning: (text) => (shown.take('warning') ? core/* warning */.$e((0,sanitise/* safeText */.Hk)(text)) : print(`warning: ${text}`)),
            stage: (stage) => {
                const turn = openTurn(titles[stage], () => core/* startGroup */.Oh(titles[stage]));
                return {
                    line: turn.line,
                    close: (result, end) => turn.close(() => {
                        core/* endGroup */.N4();
                        print(`${titles[stage]}: ${result}`);
                        for (const line of end?.proof ?? [])
                            print(line);
                    }),
                };
            },
        },
    };
}


/***/ }),

/***/ 85150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hk: () => (/* binding */ safeText),
/* harmony export */   K8: () => (/* binding */ longestOutput),
/* harmony export */   Mm: () => (/* binding */ bounded),
/* harmony export */   g3: () => (/* binding */ LineSplitter),
/* harmony export */   lg: () => (/* binding */ sanitiseLine)
/* harmony export */ });
/* unused harmony exports longestLine, mostLines */
/**
 * The runner obeys a line whose trimmed start is `::command::`, and `##[command]` anywhere in a line (actions/runner,
 * ActionCommand.cs). Every line of a child gets a first character that is no blank, and loses its `##[`.
 */
const mark = '│ ';
/** Longest line that is printed (characters). */
const longestLine = 8_192;
/** Most of one stage's output that is printed (characters). */
const longestOutput = 10 << 20;
/** And most lines of it: each is a write of its own. */
const mostLines = 100_000;
/** A line of a child, made harmless. It must hold no line break. */
function sanitiseLine(line) {
    const cut = line.length > longestLine ? `${line.slice(0, longestLine)} [... ${line.length - longestLine} more characters]` : line;
    return mark + disarm(cut);
}
/** Takes the runner's older command form out of a text. */
function disarm(text) {
    return text.replaceAll('##[', '# #[');
}
/** A line of our own that may quote what others wrote: unchanged unless the runner would obey it. */
function safeText(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => (/^[\s\u0085]*::/.test(line) ? sanitiseLine(line) : disarm(line)))
        .join('\n');
}
const lineFeed = 10;
const carriageReturn = 13;
/** Splits a stream into lines as the runner does: at \r\n, \n and a bare \r. A line without an end is cut, not kept. */
class LineSplitter {
    #decoder = new TextDecoder();
    #onLine;
    #rest = '';
    #afterReturn = false;
    constructor(onLine) {
        this.#onLine = onLine;
    }
    push(chunk) {
        this.#take(this.#decoder.decode(chunk, { stream: true }));
    }
    end() {
        this.#take(this.#decoder.decode());
        if (this.#rest !== '')
            this.#onLine(this.#rest);
        this.#rest = '';
    }
    #take(text) {
        let fresh = text;
        if (this.#afterReturn && fresh.startsWith('\n'))
            fresh = fresh.slice(1);
        if (text !== '')
            this.#afterReturn = fresh === '' ? false : fresh.endsWith('\r');
        const all = this.#rest + fresh;
        let start = 0;
        // By hand: split() makes 65,536 strings of a chunk of empty lines before the first is handed on.
        for (let i = 0; i < all.length; i++) {
            const code = all.charCodeAt(i);
            if (code !== lineFeed && code !== carriageReturn)
                continue;
            this.#onLine(all.slice(start, i));
            if (code === carriageReturn && all.charCodeAt(i + 1) === lineFeed)
                i++;
            start = i + 1;
        }
        this.#rest = all.slice(start);
        if (this.#rest.length > 8 * longestLine) {
            this.#onLine(this.#rest);
            this.#rest = '';
        }
    }
}
/** Lets lines through until `longestOutput` or `mostLines`, then says once that the rest is left out. */
function bounded(print) {
    let printed = 0;
    let lines = 0;
    let open = true;
    return (line) => {
        if (!open)
            return;
        printed += line.length + mark.length + 1;
        lines++;
        open = printed <= longestOutput && lines <= mostLines;
        print(open ? line : `[output is longer than ${longestOutput >> 20} MiB or ${mostLines} lines: the rest is left out]`);
    };
}


/***/ }),

/***/ 96546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Yk: () => (/* binding */ maskIn),
/* harmony export */   bs: () => (/* binding */ shortestSecret),
/* harmony export */   eo: () => (/* binding */ secretForms)
/* harmony export */ });
/** What is shorter than this (characters) is not masked: it would be found in the middle of words. */
const shortestSecret = 4;
/**
 * Every form of a secret that may turn up in a log: itself, its lines, as a part of an address, of JSON and of a basic
 * login. The runner knows some of them; on a laptop nobody does.
 */
function secretForms(secret) {
    const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
    const encoded = encodeURIComponent(secret);
    const forms = [
        ...[secret, ...lines],
        ...[encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)],
        ...(secret.length < shortestSecret ? [] : [Buffer.from(secret).toString('base64')]),
    ];
    return [...new Set(forms)].filter((form) => form.length >= shortestSecret);
}
/** What is shorter (characters) may be a tag or a word of ours: only the runner masks it, in the log. */
const shortestInTexts = 8;
/** A text for others than the log, without the forms that are hidden; the longest first, as one may hold another. */
function maskIn(text, forms) {
    return [...forms]
        .filter((form) => form.length >= shortestInTexts)
        .toSorted((a, b) => b.length - a.length)
        .reduce((masked, form) => masked.replaceAll(form, '***'), text);
}


/***/ }),

/***/ 50030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ createTurns)
/* harmony export */ });
/* unused harmony export pulseMs */
/** Lines a waiting stage may hold back before the oldest are dropped. */
const longestWait = 50_000;
/** So often (ms) it is told what the stages are at whose lines are held back. */
const pulseMs = 15_000;
/** Of a line that is told ahead (characters). */
const longestAhead = 120;
const ownBeat = {
    now: () => Date.now(),
    every: (ms, act) => {
        const timer = setInterval(act, ms).unref();
        return () => clearInterval(timer);
    },
};
/** What is told of a stage before its turn: how long it has been running, and the last it said. */
function aheadText({ name, since, held, closed }, now) {
    if (closed)
        return `[${name} has ended; its log comes next]`;
    const last = (held.at(-1) ?? '').replace(/^│ /, '').trim();
    const shown = last.length > longestAhead ? `${last.slice(0, longestAhead)}...` : last;
    return `[${name} goes on beside this, for ${Math.round((now - since) / 1000)} s${shown === '' ? '' : `: ${shown}`}]`;
}
/**
 * Lets several stages write at once without mixing: the first to come prints as it goes, the others are held back
 * and printed when their turn comes. Meanwhile a line every 15 s tells what each of them is at. `open` prints a stage's
 * heading when its turn begins; `ahead` prints what is told of others.
 */
function createTurns(print, beat = ownBeat, ahead = print) {
    const queue = [];
    let stop;
    const pulse = () => {
        for (const waiting of queue.slice(1)) {
            if (waiting.told)
                continue;
            waiting.told = waiting.closed !== undefined;
            ahead(aheadText(waiting, beat.now()));
        }
    };
    const listen = () => {
        if (queue.length > 1)
            stop ??= beat.every(pulseMs, pulse);
        else {
            stop?.();
            stop = undefined;
        }
    };
    const advance = () => {
        for (;;) {
            const first = queue[0];
            if (!first)
                return;
            first.open();
            if (first.dropped > 0)
                print(`[${first.dropped} earlier lines left out]`);
            for (const line of first.held.splice(0))
                print(line);
            if (!first.closed)
                return;
            queue.shift();
            first.closed();
        }
    };
    return (name, open) => {
        const mine = { name, since: beat.now(), open, held: [], dropped: 0, closed: undefined, told: false };
        queue.push(mine);
        if (queue[0] === mine)
            open();
        listen();
        return {
            line: (text) => {
                if (queue[0] === mine)
                    return print(text);
                mine.held.push(text);
                if (mine.held.length > longestWait) {
                    mine.held.shift();
                    mine.dropped++;
                }
            },
            close: (after) => {
                if (mine.closed)
                    return;
                mine.closed = after;
                if (queue[0] !== mine)
                    return;
                queue.shift();
                after();
                advance();
                listen();
            },
        };
    };
}


/***/ }),

/***/ 75691:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(86120);
/* harmony import */ var _host_cancel_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(89914);
/* harmony import */ var _host_clean_up_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(529);
/* harmony import */ var _host_runner_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(96134);
/* harmony import */ var _inputs_environment_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6320);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(98245);
/* harmony import */ var _plan_github_event_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(79831);
/* harmony import */ var _plan_payload_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(33981);








const phaseState = 'phase';
/** Main saves it last: what post then still finds is what the engine was taking away at the time. */
const endedState = 'ended';
/** `main` and `post` of the Action: the state that main saves tells the second call what it is. */
async function runAction(entry) {
    const isPost = _actions_core__WEBPACK_IMPORTED_MODULE_5__/* .getState */ .Gu(phaseState) === 'post';
    // Before the host, which watches the files of the runner for writes that are not its own.
    if (!isPost)
        _actions_core__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ(phaseState, 'post');
    const host = (0,_host_runner_js__WEBPACK_IMPORTED_MODULE_2__/* .runnerHost */ .Bo)(process.env);
    if (isPost) {
        const traces = (0,_host_runner_js__WEBPACK_IMPORTED_MODULE_2__/* .savedTraces */ .az)();
        if (_actions_core__WEBPACK_IMPORTED_MODULE_5__/* .getState */ .Gu(endedState) !== 'true')
            (await Promise.all(/* import() */[__nccwpck_require__.e(8079), __nccwpck_require__.e(7946)]).then(__nccwpck_require__.bind(__nccwpck_require__, 87790))).tellEnded(host, traces, 'killed');
        const removed = await (0,_host_clean_up_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanUp */ .n)(host, traces);
        const late = _actions_core__WEBPACK_IMPORTED_MODULE_5__/* .getState */ .Gu(endedState) === 'true' && removed.every((what) => what.startsWith('image '));
        if (removed.length === 0)
            host.log.line('ML image: nothing was left behind.');
        else if (late)
            host.log.line(`ML image: nothing was left behind; the engine had yet to remove ${removed.join(', ')}.`);
        else
            host.log.line(`ML image: removed what a run that did not end by itself left behind: ${removed.join(', ')}.`);
        return;
    }
    const given = (0,_inputs_environment_js__WEBPACK_IMPORTED_MODULE_6__/* .takeInputs */ .L)(process.env);
    const event = (0,_plan_github_event_js__WEBPACK_IMPORTED_MODULE_4__/* .githubEvent */ .i)(process.env, (0,_plan_payload_js__WEBPACK_IMPORTED_MODULE_7__/* .parsePayload */ .ex)(host.files.readText(process.env['GITHUB_EVENT_PATH'] ?? '')));
    const run = await entry();
    const { exitCode } = await run(host, given, event, (0,_host_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .cancelOnSignal */ .q)(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8079), __nccwpck_require__.e(7306)]).then(__nccwpck_require__.bind(__nccwpck_require__, 29870))).abandon(host)));
    process.exitCode = exitCode;
    _actions_core__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ(endedState, 'true');
}
// The runner gives the inputs as variables and no arguments (merge/main.mjs one); everything else is a command line.
const asAction = process.env['GITHUB_ACTIONS'] === 'true' || Object.keys(process.env).some((name) => name.startsWith('INPUT_'));
const [word, ...others] = process.argv.slice(2);
if (asAction && word === undefined)
    await runAction(async () => _main_js__WEBPACK_IMPORTED_MODULE_3__/* .main */ .iW);
else if (asAction && word === 'merge' && others.length === 0)
    await runAction(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8079), __nccwpck_require__.e(5768), __nccwpck_require__.e(5704), __nccwpck_require__.e(970)]).then(__nccwpck_require__.bind(__nccwpck_require__, 22038))).mergeMain);
else
    await (await __nccwpck_require__.e(/* import() */ 8758).then(__nccwpck_require__.bind(__nccwpck_require__, 48758))).runCli(process.argv.slice(2));
// What it was killed for may let a run end by itself, while its things are being removed.
await (0,_host_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .untilAbandoned */ .l)();
// What the engine is still taking away, and connections that are kept open, are not waited for.
process.exit();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 16307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ declaredInputs),
/* harmony export */   e: () => (/* binding */ foreignInputs)
/* harmony export */ });
/**
 * Every input, in the order of action.yml, which a test holds equal to this table; `--help` and the README are
 * made from it. The default is what stands in action.yml: an empty one means "not given".
 */
const declaredInputs = {
    images: {
        group: 'image',
        default: '',
        help: 'Image names without a tag, one a line or separated by commas; several registries allowed. Required.',
        example: 'ghcr.io/acme/iris',
    },
    tags: {
        group: 'image',
        default: '',
        help: 'Tags, one a line, as docker/metadata-action reads them: type=schedule, semver, pep440, match, edge, ref, raw or sha; type=defaults for ours. Without it: ours.',
        example: 'type=raw,value=v2',
    },
    flavor: {
        group: 'image',
        default: '',
        help: 'What all tags get, as docker/metadata-action reads it: latest=auto|true|false, prefix=TEXT, suffix=TEXT, each of these with onlatest=true for latest too.',
        example: 'suffix=-cpu,onlatest=true',
    },
    labels: {
        group: 'image',
        default: '',
        help: 'More labels, one a line: NAME=VALUE. They may hold expressions, and win over the labels of the action.',
        example: 'org.opencontainers.image.title=Iris',
    },
    annotations: {
        group: 'image',
        default: '',
        help: 'Annotations of the manifest, one a line: NAME=VALUE. They may hold expressions. Without it the manifest gets none.',
        example: 'org.opencontainers.image.title=Iris',
    },
    push: {
        group: 'image',
        default: 'auto',
        help: 'auto pushes on the default branch, tags, releases, schedule and dispatch; true also on branches and pull requests of the same repository; digest as true, but without tags, which org/ml-image-action/merge sets; oci:DIR writes the green image into that folder, for another job to publish; false never.',
        example: 'auto',
    },
    from: {
        group: 'image',
        default: '',
        help: 'An image that is there already, gated and published in place of a build: oci:DIR (as push: oci:DIR has written it), NAME@sha256:DIGEST in a registry, or a name or id of this engine.',
        example: 'ghcr.io/acme/iris@sha256:9b0f1c7e2d3a4b5c6d7e8f90123456789abcdef0123456789abcdef012345678',
    },
    promote: {
        group: 'image',
        default: 'auto',
        help: 'auto: a release tag, a re-run, or a merge with the same tree, whose image was published for the same inputs moves the tags onto that image and runs nothing again; off never.',
        example: 'off',
    },
    'dry-run': { group: 'image', default: 'false', help: 'Print what would be run, tagged and pushed, and do nothing.', example: 'true' },
    registry: {
        group: 'credentials',
        default: '',
        help: 'Registry that username and password are for. Default: that of images.',
        example: 'ghcr.io',
    },
    username: {
        group: 'credentials',
        default: '',
        help: 'User of the registry. Default for GHCR: the actor of the job.',
        example: '${{ vars.DOCKERHUB_USERNAME }}',
    },
    password: {
        group: 'credentials',
        default: '',
        help: 'Password or access token. Default for GHCR: github-token; elsewhere a login the job already has. On the command line: @FILE.',
        example: '${{ secrets.DOCKERHUB_TOKEN }}',
    },
    'registry-auth': {
        group: 'credentials',
        default: '',
        help: 'Logins to several registries, a YAML list of: registry, username, password, use (pull or push alone), ca (PEM or @FILE), plain-http, ecr.',
        example: '- {registry: quay.io, username: acme+ci, password: "${{ secrets.QUAY }}"}',
    },
    ecr: {
        group: 'credentials',
        default: 'auto',
        help: 'Log in to ECR by AWS credentials: auto where the registry is one of AWS, with username and password as an access key pair, else those of the job; true, false.',
        example: 'false',
    },
    'github-token': {
        group: 'credentials',
        default: '${{ github.token }}',
        help: 'Token for GHCR and the GitHub API.',
        example: '${{ github.token }}',
    },
    test: { group: 'test', default: 'true', help: 'Run the tests; false skips this gate, and the report says so.', example: 'false' },
    'test-command': {
        group: 'test',
        default: '',
        help: 'Command that runs the tests, by bash, in the environment made for them. Default: pytest where tests are found.',
        example: 'pytest -m "not slow"',
    },
    'test-in': {
        group: 'test',
        default: 'runner',
        help: 'Where the tests run: runner, image (in a container of the built image), or target:STAGE (a stage of the Dockerfile).',
        example: 'image',
    },
    'test-report': {
        group: 'test',
        default: '',
        help: 'JUnit file that test-command writes, from working-directory. pytest needs none.',
        example: 'reports/junit.xml',
    },
    'test-requirements': {
        group: 'test',
        default: '',
        help: 'Requirements files for the tests, one a line, or none for the environment of the job. Default: requirements.txt with -test and -dev, uv.lock, poetry.lock, Pipfile.lock, or pyproject.toml with its test and dev extras and groups.',
        example: 'requirements/ci.txt',
    },
    'python-version': {
        group: 'test',
        default: '',
        help: 'Python to test with. Default: .python-version, pyproject.toml, or that of the base image.',
        example: '3.11',
    },
    'test-env': {
        group: 'test',
        default: '',
        help: 'Variables for the tests, one a line: NAME=value, or NAME to take it from the job.',
        example: 'MODEL_DIR=models',
    },
    'test-first': {
        group: 'test',
        default: 'false',
        help: 'Build only after the tests, for projects whose tests make the model that the Dockerfile copies.',
        example: 'true',
    },
    'test-timeout': { group: 'test', default: '20m', help: 'Longest time for the tests.', example: '5m' },
    'working-directory': {
        group: 'test',
        default: '',
        help: 'Folder of the project. Default: context, or the workspace.',
        example: 'services/iris',
    },
    context: { group: 'build', default: '', help: 'Folder that is the build context. Default: working-directory.', example: 'services/iris' },
    file: {
        group: 'build',
        default: '',
        help: 'Path of the Dockerfile, from the workspace. Default: Dockerfile in the context.',
        example: 'docker/serve.Dockerfile',
    },
    target: { group: 'build', default: '', help: 'Stage of the Dockerfile to build. Default: the last.', example: 'serve' },
    'build-args': {
        group: 'build',
        default: '',
        help: 'Build arguments, one a line: NAME=value, or NAME to take it from the job. Not for secrets.',
        example: 'MODEL_VERSION=7',
    },
    'build-contexts': {
        group: 'build',
        default: '',
        help: 'Further build contexts, one a line: NAME=folder, or NAME=docker-image://IMAGE.',
        example: 'shared=../shared',
    },
    secrets: {
        group: 'build',
        default: '',
        help: 'Secrets that steps mount (RUN --mount=type=secret,id=ID), one a line: ID=value; in double quotes when it has several lines.',
        example: 'hf_token=${{ secrets.HF_TOKEN }}',
    },
    'secret-envs': {
        group: 'build',
        default: '',
        help: 'Secrets from variables of the job, one a line: ID=NAME.',
        example: 'hf_token=HF_TOKEN',
    },
    'secret-files': { group: 'build', default: '', help: 'Secrets from files, one a line: ID=path.', example: 'netrc=./netrc' },
    ssh: {
        group: 'build',
        default: '',
        help: 'Agents or keys for steps that mount ssh, one a line: default, or ID=path.',
        example: 'default',
    },
    platforms: {
        group: 'build',
        default: '',
        help: 'Platforms of the image, one a line or with commas; several make one index, each is smoke-tested. Default: that of the engine.',
        example: 'linux/amd64,linux/arm64',
    },
    builder: {
        group: 'build',
        default: '',
        help: "Builder of buildx to build with. Default: the engine's own, which is the fastest.",
        example: '${{ steps.buildx.outputs.name }}',
    },
    'image-store': {
        group: 'build',
        default: 'auto',
        help: 'auto switches a fresh GitHub-hosted runner to the containerd image store; keep leaves the engine as it is.',
        example: 'keep',
    },
    'no-cache': { group: 'build', default: 'false', help: 'Build every step anew.', example: 'true' },
    'no-cache-filters': {
        group: 'build',
        default: '',
        help: 'Stages to build anew, one a line or with commas.',
        example: 'serve',
    },
    pull: { group: 'build', default: 'false', help: 'Ask the registry for newer base images.', example: 'true' },
    network: { group: 'build', default: '', help: 'Network of RUN steps: default, none or host.', example: 'none' },
    'add-hosts': {
        group: 'build',
        default: '',
        help: 'Names for RUN steps, host:ip, one a line or with commas.',
        example: 'pypi.local:10.0.0.5',
    },
    allow: {
        group: 'build',
        default: '',
        help: 'Entitlements for the build: network.host, security.insecure, device.',
        example: 'network.host',
    },
    'shm-size': { group: 'build', default: '', help: 'Size of /dev/shm in RUN steps.', example: '2g' },
    ulimit: { group: 'build', default: '', help: 'Limits of RUN steps, one a line or with commas.', example: 'nofile=65536:65536' },
    provenance: {
        group: 'build',
        default: 'false',
        help: 'Provenance attestation in the image index: true, or attributes such as mode=max. Makes an index of a single image.',
        example: 'mode=max',
    },
    sbom: { group: 'build', default: 'false', help: 'SBOM attestation in the image index: true, or generator=IMAGE.', example: 'true' },
    compression: {
        group: 'build',
        default: 'auto',
        help: 'Layers: auto (zstd; gzip for bases of Lambda and SageMaker), zstd, gzip, estargz or uncompressed.',
        example: 'gzip',
    },
    'build-timeout': { group: 'build', default: '60m', help: 'Longest time for the build.', example: '20m' },
    'free-disk': {
        group: 'build',
        default: 'auto',
        help: 'auto removes folders of unused tools (Android, .NET, GHC, CodeQL) from a GitHub-hosted runner whose disk is short; off leaves them.',
        example: 'off',
    },
    cache: {
        group: 'cache',
        default: 'auto',
        help: 'Layer cache: auto (registry if cache-image is given, else gha where the runner gives it), gha, registry, local or none.',
        example: 'local',
    },
    'cache-mode': {
        group: 'cache',
        default: 'auto',
        help: 'What is kept: max (auto) the layers of every stage, min those of the image; with ",mounts" the directories of RUN --mount=type=cache too.',
        example: 'max,mounts',
    },
    'cache-image': {
        group: 'cache',
        default: '',
        help: 'Image that a registry cache is kept as, not one of images with its tags. Without a tag it gets the scope as one.',
        example: 'ghcr.io/acme/iris-cache',
    },
    'cache-from': {
        group: 'cache',
        default: '',
        help: 'Caches to read, one a line, as for buildx. With cache-to in place of all other inputs for the cache.',
        example: 'type=registry,ref=ghcr.io/acme/iris:cache',
    },
    'cache-to': {
        group: 'cache',
        default: '',
        help: 'Caches to write, one a line, as for buildx; one that cannot be written never fails the build.',
        example: 'type=registry,ref=ghcr.io/acme/iris:cache,mode=max',
    },
    'cache-scope': {
        group: 'cache',
        default: '',
        help: 'Name of the layer cache. Default: from image, Dockerfile, target and platform.',
        example: 'iris',
    },
    smoke: {
        group: 'smoke',
        default: 'true',
        help: 'Start the image and call it; false skips this gate, and the report says so.',
        example: 'false',
    },
    preset: {
        group: 'smoke',
        default: 'auto',
        help: 'What kind of server it is: auto (recognised by labels, command, environment and answers), fastapi, flask, mlflow, bentoml, cog, kserve-v1, oip-v2, mlserver, triton, torchserve, tfserving, vllm, tgi, tei, sagemaker, vertex, azureml, ray-serve, litserve, truss, hf-space, or none for an image without HTTP.',
        example: 'mlflow',
    },
    port: {
        group: 'smoke',
        default: '',
        help: 'Port of the server in the container. Default: EXPOSE, PORT, the port in the command, that of the preset, or the one it listens on.',
        example: '8080',
    },
    'health-path': {
        group: 'smoke',
        default: '',
        help: 'Path that answers 2xx when the server is up, without saying that its model is not loaded. Default: that of the preset, or the usual ones.',
        example: '/healthz',
    },
    'health-expect': {
        group: 'smoke',
        default: '',
        help: 'What the answer of health-path must hold: JSON (a subset), /regex/, or @FILE. Default: nothing that says "not ready".',
        example: '{"model_loaded": true}',
    },
    'ready-path': {
        group: 'smoke',
        default: '',
        help: 'Path that answers 2xx when the model can be used, where that is not health-path. Default: that of the preset.',
        example: '/v2/models/iris/ready',
    },
    'predict-path': {
        group: 'smoke',
        default: '',
        help: 'Path that predict-body is posted to; {model} is the first model of the server. Default: that of the preset, or /predict.',
        example: '/invocations',
    },
    'predict-body': {
        group: 'smoke',
        default: '',
        help: 'JSON of a sample prediction, or @FILE. Default: samples, else what the service documents, else one made up from its schema.',
        example: '{"features": [5.1, 3.5, 1.4, 0.2]}',
    },
    'predict-expect': {
        group: 'smoke',
        default: '',
        help: 'What the answer must hold: JSON (a subset, numbers within rtol=1e-4, atol=1e-6), /regex/, or @FILE.',
        example: '{"prediction": 0}',
    },
    samples: {
        group: 'smoke',
        default: '',
        help: 'Files with sample requests and what their answers must be (.json, .jsonl, .yaml), one a line. Default: tests/golden.* if there is one.',
        example: 'tests/golden.json',
    },
    'start-timeout': {
        group: 'smoke',
        default: '',
        help: 'Longest time from the start of the container to its first good answer. Default: 120s, more for presets that load large models.',
        example: '5m',
    },
    'max-latency': {
        group: 'smoke',
        default: '',
        help: 'Longest time for a prediction of the running server: red when the 95th percentile of repeated sample predictions is above.',
        example: '50ms',
    },
    compare: {
        group: 'smoke',
        default: 'off',
        help: 'Ask another image for the same predictions: previous (what the moving tag holds now), or NAME:TAG. Red when the model is the same and they differ.',
        example: 'previous',
    },
    'run-env': {
        group: 'smoke',
        default: '',
        help: 'Variables for the container, one a line: NAME=value, or NAME to take it from the job.',
        example: 'MODEL_NAME=iris',
    },
    'run-env-file': {
        group: 'smoke',
        default: '',
        help: 'Files of variables for the container, one a line, as for docker run --env-file; run-env wins.',
        example: 'smoke.env',
    },
    'run-args': { group: 'smoke', default: '', help: 'More arguments for docker run, as in a shell.', example: '--memory 2g --read-only' },
    'run-command': {
        group: 'smoke',
        default: '',
        help: 'Command in place of the CMD of the image, as in a shell.',
        example: 'gunicorn --bind 0.0.0.0:8000 app:app',
    },
    offline: {
        group: 'smoke',
        default: 'false',
        help: 'Start the container with no way out to a network: a model that is downloaded at start is found out.',
        example: 'true',
    },
    'compose-file': {
        group: 'smoke',
        default: '',
        help: 'Compose files, one a line, of a stack that the image is a service of: it is brought up with what that service depends on.',
        example: 'docker-compose.yml',
    },
    'compose-service': {
        group: 'smoke',
        default: '',
        help: 'The service of compose-file that is this image. Default: the one that has a build; of several with the same build the one with ports.',
        example: 'api',
    },
    'gate-command': {
        group: 'smoke',
        default: '',
        help: 'Last gate before the push, by bash in working-directory, with $IMAGE, $DIGEST and $BASE_URL of the running container.',
        example: 'trivy image --exit-code 1 --severity CRITICAL "$IMAGE"',
    },
    'metrics-file': {
        group: 'gates',
        default: '',
        help: 'Metrics of the model (JSON, YAML, TOML, CSV; flat, DVC, MLflow): a path in the workspace, or image:/PATH for a file in the image.',
        example: 'metrics.json',
    },
    require: {
        group: 'gates',
        default: '',
        help: 'What the metrics must hold, one a line: NAME, one of >= > <= < == !=, and a number or previous (+ - *), the value of the previous image.',
        example: 'accuracy >= 0.95',
    },
    'max-image-size': {
        group: 'gates',
        default: '',
        help: 'The image may weigh this much, compressed as a registry has it: 500MB, 1.5GB, 2GiB. Of several platforms each.',
        example: '500MB',
    },
    'max-size-increase': {
        group: 'gates',
        default: '',
        help: 'The image may be this much larger, compressed, than the one before it under a tag of this run, latest or the default branch: per cent (10%) or a size (50MB).',
        example: '10%',
    },
    'leak-check': {
        group: 'gates',
        default: 'true',
        help: 'Search the image for secrets before it is pushed: those of the job, private keys, tokens, .env files, in its configuration, history and own layers.',
        example: 'false',
    },
    'leak-ignore': {
        group: 'gates',
        default: '',
        help: 'What is no secret, one a line: globs of paths in the image, env:NAME, arg:NAME, label:NAME, annotation:NAME, or rule:ID for a rule of docs/leaks.md.',
        example: '/app/tests/fixtures/**',
    },
    advice: {
        group: 'gates',
        default: 'warn',
        help: 'What could be better about the Dockerfile and what it is built from, with the fix: warn tells it, error makes it red before anything is run, off is silent. One rule is silenced by a comment: # ml-image: ignore ID.',
        example: 'error',
    },
    accept: {
        group: 'gates',
        default: '',
        help: 'What would be red but is meant, one a line: no-tests, untested-platforms, unsafe-pr-checkout.',
        example: 'no-tests',
    },
    'push-timeout': {
        group: 'after',
        default: '30m',
        help: 'Longest time for publishing: all registries, layers and tags. A layer that stands still for a minute is sent again before.',
        example: '1h',
    },
    attest: {
        group: 'after',
        default: 'off',
        help: 'Sign that the tests passed on the commit, and the smoke test on the image, and store that with GitHub and in the registry: off, best-effort (a warning where it cannot be), or required.',
        example: 'best-effort',
    },
    summary: { group: 'after', default: 'true', help: 'Write the job summary.', example: 'false' },
    'report-file': {
        group: 'after',
        default: '',
        help: 'Path in the workspace that the whole report is written to as JSON, whatever became of the run; the output report is then this path.',
        example: 'reports/ml-image.json',
    },
    comment: {
        group: 'after',
        default: 'off',
        help: 'Comment on the pull request, in one comment that is kept up to date: off; on-change, when the run is red, or size, tests or times of the image moved against the previous one; or always. Needs pull-requests: write.',
        example: 'on-change',
    },
    matrix: {
        group: 'after',
        default: '${{ toJSON(matrix) }}',
        help: 'What tells the jobs of a matrix apart, so that each keeps a comment of its own. Leave it as it is.',
        example: '{"python": "3.12"}',
    },
};
const another = "not needed: the engine's own builder is the fastest. For another run docker/setup-buildx-action before, and name it by builder";
/** Names that people bring along from the four docker actions, and what to write here instead: docs/migrating.md has them all. */
const foreignInputs = {
    load: 'not needed: the image is in the engine for the smoke test, and stays there with push: false',
    outputs: 'not needed: use push, or push: false to keep the image in the engine',
    attests: 'not needed: provenance and sbom are inputs, and attest signs what was tested',
    call: 'not needed: the checks of the Dockerfile come with every build, as annotations at its lines',
    'cgroup-parent': 'not here: make a builder with driver-opts: cgroup-parent=NAME, and name it by builder',
    'bake-target': 'not needed: nothing here is a bake file; the output json has tags, labels and annotations',
    'sep-tags': 'not needed: outputs are one item a line',
    'sep-labels': 'not needed: outputs are one item a line',
    'sep-annotations': 'not needed: outputs are one item a line',
    scope: 'not needed: a login is used for its own registry alone; registry-auth has use: pull and use: push',
    logout: 'not needed: the login of this step is private to it and always removed',
    version: another,
    driver: another,
    'driver-opts': another,
    'buildkitd-flags': another,
    'buildkitd-config': another,
    'buildkitd-config-inline': another,
    use: another,
    name: another,
    endpoint: another,
    append: another,
    'keep-state': another,
    'cache-binary': another,
    cleanup: another,
};


/***/ }),

/***/ 6320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ takeInputs)
/* harmony export */ });
/* unused harmony export variableOf */
const prefix = 'INPUT_';
/** How the runner calls an input in the environment of an action. */
function variableOf(name) {
    return prefix + name.replaceAll(' ', '_').toUpperCase();
}
/** The inputs in an environment, by name. They are taken out of it, so that no child can be handed them by mistake. */
function takeInputs(env) {
    const given = new Map();
    for (const [variable, value] of Object.entries(env)) {
        if (!variable.startsWith(prefix) || value === undefined)
            continue;
        given.set(variable.slice(prefix.length).toLowerCase(), value);
        delete env[variable];
    }
    return given;
}


/***/ }),

/***/ 78864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IK: () => (/* binding */ fromText),
/* harmony export */   Rz: () => (/* binding */ secretsGiven),
/* harmony export */   Z9: () => (/* binding */ placeText),
/* harmony export */   fI: () => (/* binding */ problemText),
/* harmony export */   mK: () => (/* binding */ limitsSize)
/* harmony export */ });
/* harmony import */ var _handover_place_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(45764);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(89916);


/** Every secret that a login was given by. */
function secretsGiven({ password, githubToken, auths = [] }) {
    return [password, githubToken, ...auths.map((one) => one.password)].flatMap((secret) => (secret === undefined ? [] : [secret]));
}
/** A place as it is written in `metrics-file`. */
function placeText(place) {
    return place.kind === 'image' ? `image:${place.path}` : place.given;
}
/** Whether the size of the image is a gate. */
function limitsSize({ most, increase }) {
    return most !== undefined || increase !== undefined;
}
/** What `from` says, for people. */
function fromText(from) {
    switch (from.kind) {
        case 'layout':
            return `${(0,_handover_place_js__WEBPACK_IMPORTED_MODULE_1__/* .placeText */ .Z)(from)}${from.digest === undefined ? '' : `@${from.digest}`}`;
        case 'registry':
            return `${(0,_plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nameText */ .fh)(from.name)}@${from.digest}`;
        case 'engine':
            return from.reference;
    }
}
function problemText(problem) {
    const value = problem.value === '' ? 'is empty' : `"${problem.value}"`;
    return `${problem.input}: ${value} ${problem.reason}. Example: ${problem.example}`;
}


/***/ }),

/***/ 37481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ parseLeakIgnore),
/* harmony export */   cx: () => (/* binding */ ignoreText)
/* harmony export */ });
/* unused harmony export pathPattern */
/* harmony import */ var _inspect_leaks_rules_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18119);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(83231);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(34170);



/** An entry as text, equal for what leaves out the same. */
const ignoreText = (entry) => `${entry.kind}:${entry.kind === 'rule' ? entry.id : entry.pattern.source}`;
const special = /[.+^${}()|\\[\]]/g;
/** `*` and `?` stay within a part of a path, `**` does not. */
function sourceOf(glob) {
    return glob.replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
        if (part === '**/')
            return '(?:.*/)?';
        if (part === '**')
            return '.*';
        if (part === '*')
            return '[^/]*';
        if (part === '?')
            return '[^/]';
        return part.replace(special, '\\$&');
    });
}
/**
 * A glob over absolute paths as a pattern, read as in .gitignore: without a slash it is a name in any folder, with one it
 * starts at the root; what matches a folder matches all below it.
 */
function pathPattern(glob) {
    const bare = glob.replace(/^\/|\/$/g, '');
    const anywhere = !bare.includes('/') && !glob.startsWith('/');
    return new RegExp(`^/${anywhere ? '(?:.*/)?' : ''}${sourceOf(bare)}(?:/.*)?$`);
}
/** One entry of `leak-ignore`. @throws Invalid */
function parseLeakIgnore(entry) {
    const [, kind, rest = ''] = /^([a-z]+):(.*)$/s.exec(entry) ?? [];
    switch (kind) {
        case undefined:
            if (/^[/*?.]*$/.test(entry))
                throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO('leaves out every file; leak-check: false says that in so many words');
            if (entry.startsWith('!'))
                throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO('takes nothing back: an entry leaves out what it matches');
            return { kind: 'path', pattern: pathPattern(entry) };
        case 'env':
        case 'arg':
        case 'label':
        case 'annotation':
            if (rest === '')
                throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO(`has no name behind ${kind}:`);
            return { kind, pattern: new RegExp(`^${sourceOf(rest)}$`) };
        case 'rule': {
            if (_inspect_leaks_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .ruleIds */ .Zl.includes(rest))
                return { kind, id: rest };
            const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(rest, _inspect_leaks_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .ruleIds */ .Zl);
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO(`names no rule of the leak check${near ? `; did you mean rule:${near}` : ''} (docs/leaks.md has all)`);
        }
        default:
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO('begins with none of env:, arg:, label:, annotation: and rule:, and is no path');
    }
}


/***/ }),

/***/ 83231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** Levenshtein distance. */
function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
/** The known name that `name` was probably meant to be, or undefined when none is near. */
function nearest(name, known) {
    const plain = name.toLowerCase().replaceAll('_', '-');
    const ranked = known
        .map((candidate) => ({ candidate, away: plain === `${candidate}s` || `${plain}s` === candidate ? 0 : distance(plain, candidate) }))
        .sort((a, b) => a.away - b.away);
    const best = ranked[0];
    return best && best.away <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}


/***/ }),

/***/ 51025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ parseRecords)
/* harmony export */ });
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);

/**
 * One record a line, of any characters. One that starts with a double quote goes on to the next that stands alone, over
 * lines, two of them standing for one: that is how build-push-action's users write keys of several lines. All others
 * are taken as they are: JSON keeps its quotes and commas. Blank lines are left out.
 */
function parseRecords(text) {
    const records = [];
    let rest = text.replace(/\r\n?/g, '\n');
    while (rest !== '') {
        if (rest.startsWith('"')) {
            const [whole, quoted = ''] = /^"((?:[^"]|"")*)"[ \t]*(?:\n|$)/.exec(rest) ?? [];
            if (whole === undefined)
                throw new _parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has an entry (number ${records.length + 1}) whose opening quote is not closed`);
            records.push(quoted.replaceAll('""', '"'));
            rest = rest.slice(whole.length);
        }
        else {
            const end = rest.indexOf('\n');
            const line = (end < 0 ? rest : rest.slice(0, end)).trim();
            if (line !== '')
                records.push(line);
            rest = end < 0 ? '' : rest.slice(end + 1);
        }
    }
    return records;
}


/***/ }),

/***/ 34170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $I: () => (/* binding */ parseShellWords),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   Li: () => (/* binding */ parseLines),
/* harmony export */   Rr: () => (/* binding */ parsePath),
/* harmony export */   WO: () => (/* binding */ Invalid),
/* harmony export */   WR: () => (/* binding */ parseExpectation),
/* harmony export */   mo: () => (/* binding */ parseItems),
/* harmony export */   pz: () => (/* binding */ parsePort),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   rf: () => (/* binding */ parseVariables),
/* harmony export */   ug: () => (/* binding */ parseRunArgs),
/* harmony export */   yG: () => (/* binding */ parseBoolean),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* harmony import */ var shell_quote__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(26591);

/** Thrown by the parsers: `reason` says what is wrong with the value. */
class Invalid extends Error {
}
/** YAML 1.2 core schema, as `core.getBooleanInput`. */
function parseBoolean(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new Invalid('is neither true nor false');
}
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const longest = 24 * units.h;
/** Milliseconds of `500ms`, `90s`, `1m30s`, `1.5h`; more than zero, at most a day. */
function parseDuration(text) {
    const whole = /^(?:\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|h))+$/;
    if (!whole.test(text))
        throw new Invalid('is not a duration with a unit (ms, s, m, h)');
    let ms = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
        ms += Number(amount) * units[unit];
    if (ms < 1)
        throw new Invalid('is no time at all');
    if (ms > longest)
        throw new Invalid('is longer than a day');
    return Math.round(ms);
}
function parsePort(text) {
    if (!/^\d{1,5}$/.test(text))
        throw new Invalid('is not a port number (the one in the container, 1 to 65535)');
    const port = Number(text);
    if (port < 1 || port > 65_535)
        throw new Invalid('is not between 1 and 65535');
    return port;
}
/** One item a line; blank lines and lines that start with # are left out. */
function parseLines(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
}
/** One item a line, or several in a line with commas between. */
function parseItems(text) {
    return parseLines(text)
        .flatMap((line) => line.split(','))
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function oneOf(...allowed) {
    return (text) => {
        const found = allowed.find((value) => value === text);
        if (found === undefined)
            throw new Invalid(`is not one of ${allowed.join(', ')}`);
        return found;
    };
}
/** A path on the server under test: absolute, on that server, without a fragment. */
function parsePath(text) {
    if (!text.startsWith('/'))
        throw new Invalid('does not start with /: give the path only, not a URL');
    if (text.startsWith('//'))
        throw new Invalid('starts with //, which names another server');
    if (/[\s#\\]/.test(text) || /[^\x21-\x7e]/.test(text))
        throw new Invalid('holds a space, a fragment (#) or a character that must be percent-encoded');
    if (/(^|\/)\.\.?(\/|\?|$)/.test(text))
        throw new Invalid('holds . or .. as a segment');
    return text;
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw new Invalid(`is not JSON (${error.message})`);
    }
}
/** `/regex/flags`, else JSON. */
function parseExpectation(given) {
    const text = given.trim();
    const pattern = /^\/(.+)\/([a-z]*)$/s.exec(text);
    if (!pattern)
        return { kind: 'json', value: parseJson(text) };
    try {
        return { kind: 'pattern', pattern: new RegExp(pattern[1] ?? '', pattern[2] ?? '') };
    }
    catch (error) {
        throw new Invalid(`is not a regular expression (${error.message})`);
    }
}
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** `NAME=value` lines, or `NAME` alone to take the value from `job`. Later lines win. */
function parseVariables(job) {
    return (text) => {
        const variables = {};
        for (const [number, line] of parseLines(text).entries()) {
            const at = line.indexOf('=');
            const name = at < 0 ? line : line.slice(0, at);
            if (!variableName.test(name))
                throw new Invalid(`has a line (number ${number + 1}) that is neither NAME=value nor NAME`);
            const value = at < 0 ? job[name] : line.slice(at + 1);
            if (value === undefined)
                throw new Invalid(`takes ${/^[A-Z_0-9]+$/.test(name) ? name : `a name (line ${number + 1})`} from the job, where it is not set`);
            variables[name] = value;
        }
        return variables;
    };
}
const ours = /^(--name|--rm|--detach|--cidfile|--publish|--publish-all)(=|$)|^-[itq]*[dpP]/;
const unreachable = /^(host|none)$/;
/** Words as a shell parts them; nothing is expanded, no operator is taken. */
function parseShellWords(text) {
    const words = parseLines(text).flatMap((line) => (0,shell_quote__WEBPACK_IMPORTED_MODULE_0__.parse)(line, (name) => {
        throw new Invalid(`uses $${name}: variables are not expanded here, use an expression of the workflow`);
    }));
    return words.map((word) => {
        if (typeof word === 'string')
            return word;
        if ('op' in word && word.op === 'glob')
            return word.pattern;
        throw new Invalid('holds a shell operator');
    });
}
/** Words of a shell line; what would break how the container is found, reached or removed is refused. */
function parseRunArgs(text) {
    const args = parseShellWords(text);
    if (args[0] !== undefined && !args[0].startsWith('-'))
        throw new Invalid(`starts with "${args[0]}", which is no flag of docker run`);
    args.forEach((arg, index) => {
        if (ours.test(arg))
            throw new Invalid(`holds ${arg}, which the action sets itself`);
        const network = /^--net(?:work)?(?:=(.*))?$/.exec(arg);
        if (network && unreachable.test(network[1] ?? args[index + 1] ?? ''))
            throw new Invalid('takes the network away that the smoke test needs');
    });
    return args;
}


/***/ }),

/***/ 64815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readBuildOptions),
/* harmony export */   q: () => (/* binding */ parsePlatforms)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _build_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(52936);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(34170);
/* harmony import */ var _parse_records_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(51025);




const id = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** Name and value of every record `NAME=value`. The name alone is ever shown: the value may be secret. */
function parsePairs(records, what) {
    return records.map((record, index) => {
        const eq = record.indexOf('=');
        const name = record.slice(0, eq);
        if (eq < 0 || !id.test(name))
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has an entry (number ${index + 1}) that is not ${what}`);
        return [name, record.slice(eq + 1)];
    });
}
/** What the build may mount. Forks and Dependabot get no secrets: an empty one is left out there, and a mistake elsewhere. */
function readSecrets(reader, folder, expectsSecrets) {
    const values = reader.parsed('secrets', (text) => parsePairs((0,_parse_records_js__WEBPACK_IMPORTED_MODULE_3__/* .parseRecords */ .Q)(text), 'ID=value')) ?? [];
    const variables = reader.parsed('secret-envs', (text) => parsePairs((0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLines */ .Li)(text), 'ID=NAME')) ?? [];
    const files = reader.parsed('secret-files', (text) => parsePairs((0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLines */ .Li)(text), 'ID=path')) ?? [];
    const secrets = [];
    const add = (input, name, value, missing) => {
        if (value !== '')
            secrets.push({ id: name, kind: 'value', value });
        else if (expectsSecrets)
            reader.complain(input, missing);
    };
    for (const [name, value] of values)
        add('secrets', name, value, `gives nothing for ${name}: is the secret it is taken from set in this repository`);
    for (const [name, variable] of variables)
        add('secret-envs', name, reader.env[variable] ?? '', `takes ${name} from ${variable}, which the job does not set`);
    for (const [name, given] of files) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(folder, given);
        if (reader.files.kind(path) !== 'file')
            reader.complain('secret-files', `takes ${name} from ${given}, which is no file`);
        else
            secrets.push({ id: name, kind: 'file', path });
    }
    const double = secrets.find((secret, index) => secrets.findIndex((other) => other.id === secret.id) !== index);
    if (double)
        reader.complain(values.some(([name]) => name === double.id) ? 'secrets' : 'secret-envs', `gives ${double.id} twice`);
    return secrets;
}
function readContexts(reader, folder) {
    const pairs = reader.parsed('build-contexts', (text) => parsePairs((0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLines */ .Li)(text), 'NAME=path or NAME=docker-image://IMAGE')) ?? [];
    return Object.fromEntries(pairs.map(([name, source]) => {
        if (/^([a-z][a-z-]*:\/\/|target:|git@)/.test(source))
            return [name, source];
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(folder, source);
        if (reader.files.kind(path) !== 'directory')
            reader.complain('build-contexts', `takes ${name} from ${source}, which is no folder`);
        return [name, path];
    }));
}
const each = (pattern, what) => (text) => (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseItems */ .mo)(text).map((item) => {
    if (!pattern.test(item))
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has "${item}", which is not ${what}`);
    return item;
});
/** Each once, as buildx writes it. */
/** Platforms of Linux, each once, as buildx writes them. @throws Invalid */
function parsePlatforms(text) {
    const platforms = (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseItems */ .mo)(text).map((item) => {
        if (!/^linux\/[a-z0-9_-]+(\/v\d+)?$/i.test(item))
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has "${item}", which is not a platform such as linux/arm64`);
        return (0,_build_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .normalPlatform */ .Je)(item);
    });
    return [...new Set(platforms)];
}
const parseSsh = (job) => (text) => (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLines */ .Li)(text).map((line) => {
    if (!/^[A-Za-z0-9_.-]+(=\S.*)?$/.test(line))
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has "${line}", which is neither default nor ID=path`);
    if (!line.includes('=') && !job['SSH_AUTH_SOCK'])
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has "${line}", but no agent is running in this job (SSH_AUTH_SOCK is not set)`);
    return line;
});
/** `true`, `false`, or attributes for buildx, such as `mode=max`. */
const parseAttestation = (keys) => (text) => {
    if (/^(true|false)$/i.test(text))
        return text.toLowerCase();
    const bad = text.split(',').find((field) => !keys.includes(field.split('=')[0]?.trim() ?? '') || !field.includes('='));
    if (bad !== undefined)
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(`has "${bad}", which is neither true, false nor one of ${keys.map((key) => `${key}=…`).join(', ')}`);
    return text;
};
function one(pattern, reason) {
    return (text) => {
        if (!pattern.test(text))
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(reason);
        return text;
    };
}
/** Reads the rest of the build. Paths start from `folder`, the working directory. */
function readBuildOptions(reader, folder, checkStage, expectsSecrets) {
    const list = (name, parse) => reader.parsed(name, parse) ?? [];
    const network = reader.parsed('network', one(/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/, 'is not default, none, host or the name of a network'));
    const builder = reader.parsed('builder', one(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'is not the name of a builder, as "docker buildx ls" shows it'));
    const shmSize = reader.parsed('shm-size', one(/^\d+(\.\d+)?\s*([kmgt]i?)?b?$/i, 'is not a size such as 512m or 2g'));
    return {
        contexts: readContexts(reader, folder),
        secrets: readSecrets(reader, folder, expectsSecrets),
        ssh: list('ssh', parseSsh(reader.env)),
        noCache: reader.required('no-cache', _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseBoolean */ .yG),
        noCacheFilters: list('no-cache-filters', (text) => {
            const stages = (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseItems */ .mo)(text);
            stages.forEach(checkStage);
            return stages;
        }),
        pull: reader.required('pull', _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseBoolean */ .yG),
        ...(network === undefined ? {} : { network }),
        addHosts: list('add-hosts', each(/^[^\s:=]+[:=]\S+$/, 'host:ip')),
        allow: list('allow', each(/^(network\.host|security\.insecure|device(=\S+)?)$/, 'network.host, security.insecure or device')),
        ...(shmSize === undefined ? {} : { shmSize }),
        ulimits: list('ulimit', each(/^[a-z]+=-?\d+(:-?\d+)?$/, 'a limit such as nofile=1024:2048')),
        provenance: reader.required('provenance', parseAttestation(['mode', 'builder-id', 'inline-only', 'version', 'reproducible', 'disabled'])),
        sbom: reader.required('sbom', parseAttestation(['generator', 'disabled'])),
        compression: reader.required('compression', (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)('auto', 'zstd', 'gzip', 'estargz', 'uncompressed')),
        platforms: list('platforms', parsePlatforms),
        ...(builder === undefined ? {} : { builder }),
        imageStore: reader.required('image-store', (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)('auto', 'keep')),
        timeoutMs: reader.required('build-timeout', _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseDuration */ .E9),
        freeDisk: reader.required('free-disk', (0,_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .oneOf */ .yL)('auto', 'off')),
    };
}


/***/ }),

/***/ 74678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  L: () => (/* binding */ readCredentials),
  A: () => (/* binding */ readImage)
});

// EXTERNAL MODULE: ./lib/plan/clouds.js
var plan_clouds = __nccwpck_require__(29301);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __nccwpck_require__(89916);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var inputs_parse = __nccwpck_require__(34170);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
// EXTERNAL MODULE: ./lib/handover/own-layout.js
var own_layout = __nccwpck_require__(45306);
;// CONCATENATED MODULE: ./lib/inputs/read-from.js




const within = (folder, path) => {
    const away = (0,external_node_path_.relative)(folder, path);
    return away !== '' && away !== '..' && !away.startsWith('../') && !(0,external_node_path_.isAbsolute)(away);
};
/** A path with the links of what of it is there already followed. */
function realPath({ files }, path) {
    const known = files.realPath(path);
    if (known !== undefined || path === (0,external_node_path_.dirname)(path))
        return known ?? path;
    return (0,external_node_path_.resolve)(realPath({ files }, (0,external_node_path_.dirname)(path)), (0,external_node_path_.relative)((0,external_node_path_.dirname)(path), path));
}
/** `DIR`, from the workspace: below that or below RUNNER_TEMP, on a laptop anywhere. @throws Invalid */
function parsePlace(reader, given) {
    if (given === '')
        throw new inputs_parse/* Invalid */.WO('names no folder behind oci:');
    if (/[\n\r\0]/.test(given))
        throw new inputs_parse/* Invalid */.WO('has more than one line');
    const folder = (0,external_node_path_.resolve)(reader.workspace, given);
    const real = realPath(reader, folder);
    const roots = [reader.workspace, ...(reader.env['RUNNER_TEMP'] ? [reader.env['RUNNER_TEMP']] : [])];
    if (roots.some((root) => root === folder || realPath(reader, root) === real))
        throw new inputs_parse/* Invalid */.WO('is the whole workspace or RUNNER_TEMP: give the layout a folder of its own');
    if (reader.kind === 'runner' && !roots.some((root) => within(realPath(reader, root), real)))
        throw new inputs_parse/* Invalid */.WO('leads out of the workspace and RUNNER_TEMP');
    return { kind: 'layout', folder, given };
}
/** What is to become of a green image. */
function parsePush(reader) {
    return (text) => {
        if (!text.startsWith('oci:')) {
            const known = ['auto', 'true', 'false', 'digest'];
            if (!known.some((one) => one === text))
                throw new inputs_parse/* Invalid */.WO(`is not one of ${known.join(', ')}, oci:DIR`);
            return (0,inputs_parse/* oneOf */.yL)(...known)(text);
        }
        const place = parsePlace(reader, text.slice('oci:'.length));
        const kind = reader.files.kind(place.folder);
        if (kind === 'file')
            throw new inputs_parse/* Invalid */.WO('names a file; a layout is a folder');
        if (kind === 'directory' && reader.files.list(place.folder).length > 0 && !(0,own_layout/* isOwnLayout */.r)(reader.files, place.folder))
            throw new inputs_parse/* Invalid */.WO('names a folder that holds something else than a layout of ours: it is not overwritten');
        return place;
    };
}
/** An image that is there already. @throws Invalid */
function parseFrom(reader) {
    return (text) => {
        const [, before = text, digest] = /^(.*)@(sha256:[a-f0-9]{64})$/s.exec(text) ?? [];
        if (before.startsWith('oci:')) {
            const place = parsePlace(reader, before.slice('oci:'.length));
            if (reader.files.kind(place.folder) !== 'directory')
                throw new inputs_parse/* Invalid */.WO('names a folder that is not there (actions/download-artifact puts it there)');
            return { ...place, ...(digest === undefined ? {} : { digest }) };
        }
        if (digest !== undefined)
            return { kind: 'registry', name: (0,image_name/* parseImageName */["if"])(before.replace(/:[\w][\w.-]*$/, '')), digest };
        if (/^[a-z-]+:\/\//i.test(text))
            throw new inputs_parse/* Invalid */.WO('starts with a scheme: give oci:DIR, NAME@sha256:DIGEST, or an image of this engine');
        if (/^sha256:/.test(text) && !/^sha256:[a-f0-9]{64}$/.test(text))
            throw new inputs_parse/* Invalid */.WO('is no whole id: sha256: and 64 digits');
        if (text.includes('@'))
            throw new inputs_parse/* Invalid */.WO('has behind @ what is no digest: sha256: and 64 hexadecimal digits');
        if (!/^[A-Za-z0-9][\w.:/-]*$/.test(text))
            throw new inputs_parse/* Invalid */.WO('is none of oci:DIR, NAME@sha256:DIGEST, and a name or id of this engine');
        return { kind: 'engine', reference: text };
    };
}
function readFrom(reader) {
    const from = reader.parsed('from', parseFrom(reader));
    return from === undefined ? {} : { from };
}

// EXTERNAL MODULE: ./lib/plan/tags/facts.js
var facts = __nccwpck_require__(52110);
// EXTERNAL MODULE: ./lib/plan/tags/fit.js
var fit = __nccwpck_require__(32222);
// EXTERNAL MODULE: ./lib/plan/tags/flavor.js
var tags_flavor = __nccwpck_require__(76965);
// EXTERNAL MODULE: ./lib/plan/tags/libraries.js
var libraries = __nccwpck_require__(29574);
// EXTERNAL MODULE: ./lib/plan/tags/rule.js
var rule = __nccwpck_require__(28911);
// EXTERNAL MODULE: ./lib/plan/tags.js + 2 modules
var tags = __nccwpck_require__(45338);
// EXTERNAL MODULE: ./lib/inputs/records.js
var inputs_records = __nccwpck_require__(94151);
;// CONCATENATED MODULE: ./lib/inputs/image-entry.js


function readEntry(record) {
    const names = [];
    let enabled = true;
    for (const field of (0,inputs_records/* recordFields */.zB)(record)) {
        const [key = '', value] = field.split('=').map((part) => part.trim());
        if (value === undefined)
            names.push(key);
        else if (key.toLowerCase() === 'name')
            names.push(value);
        else if (key.toLowerCase() === 'enable') {
            if (value !== 'true' && value !== 'false')
                throw new inputs_parse/* Invalid */.WO(`has enable=${value}, which is neither true nor false`);
            enabled = value === 'true';
        }
        else
            throw new inputs_parse/* Invalid */.WO(`has ${key || 'a field without a name'}, which is neither name nor enable`);
    }
    const name = names.at(-1) ?? '';
    if (name === '')
        throw new inputs_parse/* Invalid */.WO('has no name of an image');
    return { record, name, enabled, unused: names.slice(0, -1) };
}
/**
 * The entries of `images`, as docker/metadata-action reads them: a name a line, or `name=…,enable=…`; of a single line
 * without `=` every field is a name. Of several names on one line of several the last counts. `attempt` deals with what
 * a record is refused for.
 */
function parseImageEntries(records, attempt) {
    const [only] = records;
    if (only !== undefined && records.length === 1 && !only.includes('=')) {
        const names = attempt(only, () => {
            const fields = (0,inputs_records/* recordFields */.zB)(only).map((field) => field.trim());
            if (fields.includes(''))
                throw new inputs_parse/* Invalid */.WO('has an empty name: delete the comma too much');
            return fields;
        });
        return (names ?? []).map((name) => ({ record: only, name, enabled: true, unused: [] }));
    }
    return records.flatMap((record) => attempt(record, () => readEntry(record)) ?? []);
}

;// CONCATENATED MODULE: ./lib/inputs/read-metadata.js










/** Runs `parse`; what it finds wrong is a problem of `line`. */
function tried(reader, name, line, parse) {
    try {
        return parse();
    }
    catch (error) {
        if (!(error instanceof inputs_parse/* Invalid */.WO))
            throw error;
        reader.complain(name, error.message, line === '' ? ' ' : line);
        return undefined;
    }
}
function recordsOf(reader, name) {
    return reader.parsed(name, inputs_records/* listRecords */.VI) ?? [];
}
function readImages(reader) {
    const records = recordsOf(reader, 'images');
    const entries = parseImageEntries(records, (record, parse) => tried(reader, 'images', record, parse));
    const enabled = entries.filter(({ enabled }) => enabled);
    const named = enabled.flatMap((entry) => {
        const image = tried(reader, 'images', entry.record, () => {
            try {
                return (0,image_name/* parseImageName */["if"])(entry.name);
            }
            catch (error) {
                throw error instanceof inputs_parse/* Invalid */.WO && entry.name !== entry.record ? new inputs_parse/* Invalid */.WO(`has "${entry.name}", which ${error.message}`) : error;
            }
        });
        return image ? [{ image, text: entry.name.toLowerCase() }] : [];
    });
    if (reader.text('images') === undefined)
        reader.complain('images', 'and is required');
    else if (enabled.length === 0 && !reader.problems.some(({ input }) => input === 'images'))
        reader.complain('images', 'leaves no image enabled');
    return {
        images: named
            .map(({ image }) => image)
            .filter((image, index, all) => all.findIndex((other) => other.registry === image.registry && other.path === image.path) === index),
        texts: named.map(({ text }) => text),
        notices: entries.flatMap(({ unused, record, name }) => unused.map((one) => `images: "${one}" of the line "${record}" does not count, only ${name}: give each name a line of its own.`)),
    };
}
function readFlavor(reader) {
    let flavor = tags_flavor/* plainFlavor */.xF;
    for (const line of recordsOf(reader, 'flavor')) {
        flavor = tried(reader, 'flavor', line, () => (0,tags_flavor/* addFlavor */.eo)(flavor, line)) ?? flavor;
        checkTemplates(reader, 'flavor', line, [flavor.prefix, flavor.suffix]);
    }
    const latest = (0,tags_flavor/* latestText */.Ro)(flavor);
    if (!latest.includes('{{') && !(0,fit/* isTag */.dz)((0,fit/* sanitised */.DT)(latest)))
        reader.complain('flavor', (0,tags/* faultOf */.Kl)(latest) ?? '');
    return flavor;
}
const levelPattern = /^(index|manifest|index-descriptor|manifest-descriptor)(\[[a-z0-9/]+\])?$/;
const yes = /^(1|t|T|TRUE|true|True)$/;
const no = /^(0|f|F|FALSE|false|False)$/;
/** The variables of docker/metadata-action; what is wrong with one is told as with an input. */
function readSettings(reader, annotated) {
    const { env } = reader;
    const complain = (name, reason, like) => reader.complain(name, reason, env[name], `${name}: ${like}`);
    const length = env['DOCKER_METADATA_SHORT_SHA_LENGTH'] || undefined;
    if (length !== undefined && Number.isNaN(Number(length)))
        complain('DOCKER_METADATA_SHORT_SHA_LENGTH', 'is not a number of characters', '7');
    const levels = (env['DOCKER_METADATA_ANNOTATIONS_LEVELS'] || 'manifest').split(',');
    const odd = annotated ? levels.find((level) => !levelPattern.test(level)) : undefined;
    if (odd !== undefined)
        complain('DOCKER_METADATA_ANNOTATIONS_LEVELS', `has the level "${odd}", which is none of manifest, index, manifest-descriptor, index-descriptor`, 'manifest');
    const exported = env['DOCKER_METADATA_SET_OUTPUT_ENV'] || 'true';
    if (!yes.test(exported) && !no.test(exported))
        complain('DOCKER_METADATA_SET_OUTPUT_ENV', 'is neither true nor false', 'false');
    return {
        pullHeadSha: /true/i.test(env['DOCKER_METADATA_PR_HEAD_SHA'] ?? ''),
        shortSha: length === undefined ? facts/* plainSettings */.Kh.shortSha : Number(length),
        annotationLevels: levels,
        exported: yes.test(exported),
    };
}
/** The first text of `templates` that is none becomes a problem of `line`. */
function checkTemplates(reader, name, line, templates) {
    const fault = templates.map((text) => reader.templateFault?.(text)).find((found) => found !== undefined);
    if (fault !== undefined)
        reader.complain(name, fault, line);
}
function readTags(reader, flavor) {
    return recordsOf(reader, 'tags').flatMap((line) => {
        const rules = tried(reader, 'tags', line, () => (0,rule/* parseTagRule */.G9)(line)) ?? [];
        for (const rule of rules) {
            const text = (0,tags/* literalText */.bK)(rule, flavor);
            const fault = text === undefined ? undefined : (0,tags/* faultOf */.Kl)(text);
            if (fault !== undefined)
                reader.complain('tags', fault, line);
            if (rule.enable !== 'false')
                checkTemplates(reader, 'tags', line, (0,libraries/* templatesOf */.r3)(rule));
        }
        return rules;
    });
}
function readLines(reader, name) {
    const lines = recordsOf(reader, name);
    for (const line of lines)
        checkTemplates(reader, name, line, [line]);
    return lines;
}
function lostQuotes(reader) {
    return ['tags', 'flavor'].flatMap((name) => {
        const text = reader.text(name);
        // What cannot be read is told where it is read.
        const fields = text === undefined || reader.problems.some(({ input }) => input === name) ? [] : (0,inputs_records/* unquotedFields */.xJ)(text);
        return fields.map((field) => `${name}: "${field}" is parted at its comma: quote the whole line, and the field with "" in it.`);
    });
}
/** The inputs that docker/metadata-action has, too, by its grammar: every bad line is a problem of its own. */
function readMetadata(reader) {
    const { images, texts, notices } = readImages(reader);
    const flavor = readFlavor(reader);
    const tags = readTags(reader, flavor);
    const labels = readLines(reader, 'labels');
    const annotations = readLines(reader, 'annotations');
    const settings = readSettings(reader, annotations.length > 0);
    return { images, imageTexts: texts, tags, flavor, labels, annotations, settings, notices: [...notices, ...lostQuotes(reader)] };
}

// EXTERNAL MODULE: ./lib/inputs/read-registry-auth.js
var read_registry_auth = __nccwpck_require__(44028);
;// CONCATENATED MODULE: ./lib/inputs/read-image.js






/** What is made, how it is called, and whether it is pushed. */
function readImage(reader) {
    return {
        ...readMetadata(reader),
        push: reader.required('push', parsePush(reader)),
        promote: reader.required('promote', (0,inputs_parse/* oneOf */.yL)('auto', 'off')),
        ...readFrom(reader),
        dryRun: reader.required('dry-run', inputs_parse/* parseBoolean */.yG),
    };
}
/** Who logs in where. Forks and Dependabot get no secrets: there an empty password is no mistake. */
function readCredentials(reader, given, { images, push, dryRun }, event) {
    const registry = reader.parsed('registry', image_name/* normaliseRegistry */.Me);
    const username = reader.text('username');
    const password = given.get('password')?.replace(/[\r\n]+$/, '') || undefined;
    const githubToken = reader.text('github-token');
    const registries = new Set((registry === undefined ? images : [{ registry }]).map((image) => image.registry));
    const onGhcr = registries.size === 1 && registries.has('ghcr.io');
    const expectsSecrets = event.origin === 'own' && push !== 'false' && !dryRun;
    const clouds = (0,plan_clouds/* readClouds */.XU)(reader.env, reader.kind);
    checkConnection(reader, clouds);
    const byIdToken = clouds.dockerHub !== undefined && registries.has(image_name/* dockerHub */.UD);
    const auths = (0,read_registry_auth/* readRegistryAuth */.e)(reader, given, clouds, { expectsSecrets, githubToken });
    const ecr = reader.required('ecr', (0,inputs_parse/* oneOf */.yL)('auto', 'true', 'false'));
    if (ecr === 'true' && clouds.awsRegion === undefined && [...registries].some((name) => !(0,plan_clouds/* ecrPlace */.OS)(name)))
        reader.complain('ecr', 'needs AWS_REGION: the name of the registry does not tell the region', ecr, 'AWS_REGION: eu-west-1');
    if (username !== undefined && password === undefined && expectsSecrets && !byIdToken && !(onGhcr && githubToken !== undefined)) {
        reader.complain('password', 'though username is given: is the secret it is taken from set in this repository');
    }
    const known = registries.size > 0;
    if (known && password !== undefined && username === undefined && !(onGhcr && event.actor !== ''))
        reader.complain('username', 'though password is given');
    if (registry !== undefined && images.length > 0 && !images.some((image) => image.registry === registry)) {
        reader.complain('registry', `is not the registry of any image in images (${[...new Set(images.map((image) => image.registry))].join(', ')})`);
    }
    if (registry === undefined && registries.size > 1 && (username !== undefined || password !== undefined)) {
        reader.complain('registry', `is needed to tell which of ${[...registries].join(', ')} username and password are for`);
    }
    const twice = auths.find((one) => registries.has(one.registry) && (one.username !== undefined || one.password !== undefined));
    if (twice && (username !== undefined || password !== undefined)) {
        const reason = `logs in to ${twice.registry}, which username and password are for, too: leave one of the two out`;
        reader.complain('registry-auth', reason);
    }
    return {
        ...(registry === undefined ? {} : { registry }),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...(githubToken === undefined ? {} : { githubToken }),
        ...(auths.length === 0 ? {} : { auths }),
        ecr: ecr === 'auto' ? ecr : ecr === 'true',
        clouds,
    };
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Seconds that Docker lets such a token live. */
const [shortestLife, longestLife] = [300, 21_600];
/** The variables of Docker Hub's OIDC login, which are docker/login-action's. */
function checkConnection(reader, { dockerHub: connection }) {
    if (!connection)
        return;
    const { id, lifetime } = connection;
    if (!uuid.test(id))
        reader.complain('DOCKERHUB_OIDC_CONNECTIONID', 'is no ID of an OIDC connection, which is a UUID', id, 'DOCKERHUB_OIDC_CONNECTIONID: ${{ vars.DOCKERHUB_OIDC_CONNECTIONID }}');
    if (!(lifetime >= shortestLife && lifetime <= longestLife))
        reader.complain('DOCKERHUB_OIDC_EXPIREIN', `is not between ${shortestLife} and ${longestLife} seconds`, String(reader.env['DOCKERHUB_OIDC_EXPIREIN']), 'DOCKERHUB_OIDC_EXPIREIN: 3600');
}


/***/ }),

/***/ 44028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ readRegistryAuth),
/* harmony export */   k: () => (/* binding */ loadAuthParser)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(76760);
/* harmony import */ var _plan_clouds_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(29301);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(89916);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(83231);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(34170);






/** What the text of `registry-auth` needs to be read; loaded only where it is given. */
async function loadAuthParser(given) {
    if (!given.get('registry-auth')?.trim())
        return {};
    const yaml = await __nccwpck_require__.e(/* import() */ 8815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 38815, 19));
    return { parseTextYaml: (text) => yaml.parse(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'error' }) };
}
const keys = ['registry', 'username', 'password', 'use', 'ca', 'plain-http', 'ecr'];
const isKey = (name) => keys.some((key) => key === name);
/** Of what stands where a key should, only what cannot be a secret is shown. */
const keyText = (name) => (/^[a-z][a-z-]{0,20}$/.test(name) ? `"${name}"` : 'a key');
const example = 'registry-auth: "- {registry: quay.io, username: acme+ci, password: ...}"';
/** Where YAML's parser stopped; its own text would show what is written there. */
function placeOf(error) {
    const [start] = error.linePos ?? [];
    return start ? ` (line ${start.line}, column ${start.col})` : '';
}
/** Certificates in PEM, or the file that `@path` names, from the workspace. @throws Invalid */
function parseCa({ files, workspace, inside }, text) {
    const path = text.startsWith('@') ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, text.slice(1)) : undefined;
    const pem = path === undefined ? text : files.readText(path);
    if (pem === undefined)
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .Invalid */ .WO('names a file that cannot be read');
    if (path !== undefined && !inside(path))
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .Invalid */ .WO('names a file outside the workspace');
    const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
    if (!certificates)
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .Invalid */ .WO('holds no certificate (PEM)');
    try {
        for (const one of certificates)
            new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(one);
    }
    catch {
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .Invalid */ .WO('holds a certificate that cannot be read');
    }
    return `${certificates.join('\n')}\n`;
}
const uses = ['pull', 'push'];
/** Whether two entries of one registry would be for the same. */
const meet = (a, b) => uses.some((use) => (a.use ?? use) === use && (b.use ?? use) === use);
/**
 * Reads `registry-auth`: who logs in where, one entry a registry or a registry and use. Without secrets to be expected (a
 * fork) an empty password is no mistake.
 */
function readRegistryAuth(reader, given, clouds, { expectsSecrets, githubToken }) {
    const written = given.get('registry-auth') ?? '';
    if (written.trim() === '' || written.trim().startsWith('${{'))
        return [];
    const complain = (reason, like = example) => reader.complain('registry-auth', reason, written, like);
    // Only a file is trimmed: the first line of a list may be indented like the others.
    const text = written.trim().startsWith('@') ? reader.content('registry-auth', reader.workspace) : written;
    if (text === undefined)
        return [];
    let list;
    try {
        list = reader.parseTextYaml?.(text);
    }
    catch (error) {
        complain(`is not YAML${placeOf(error)}`);
        return [];
    }
    if (!Array.isArray(list) || list.length === 0) {
        complain('is no list: start each registry with "- registry: HOST"');
        return [];
    }
    const read = (entry, at) => {
        const fields = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.entries(entry) : undefined;
        if (!fields) {
            complain(`has an entry (number ${at}) that is no map with a registry`);
            return undefined;
        }
        const known = new Map();
        for (const [name, value] of fields) {
            const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_5__/* .nearest */ .p)(name, keys);
            if (!isKey(name))
                complain(`has ${keyText(name)} in entry ${at}, which is none of ${keys.join(', ')}${near ? `; did you mean ${near}` : ''}`);
            else if (typeof value !== 'string')
                complain(`has a ${name} in entry ${at} that is no text`);
            else if (value.trim() !== '')
                known.set(name, value);
        }
        let broken = false;
        const parsed = (key, parse) => {
            const value = known.get(key)?.trim();
            try {
                return value === undefined ? undefined : parse(value);
            }
            catch (error) {
                if (!(error instanceof _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .Invalid */ .WO))
                    throw error;
                complain(`has a ${key} in entry ${at} that ${error.message}`);
                broken = true;
                return undefined;
            }
        };
        const registry = parsed('registry', _plan_image_name_js__WEBPACK_IMPORTED_MODULE_3__/* .normaliseRegistry */ .Me);
        if (registry === undefined && !broken)
            complain(`has no registry in entry ${at}`);
        const use = parsed('use', (0,_parse_js__WEBPACK_IMPORTED_MODULE_4__/* .oneOf */ .yL)('pull', 'push'));
        const asked = parsed('ecr', (0,_parse_js__WEBPACK_IMPORTED_MODULE_4__/* .oneOf */ .yL)('auto', 'true', 'false'));
        const ca = parsed('ca', (value) => parseCa(reader, value));
        const plainHttp = parsed('plain-http', _parse_js__WEBPACK_IMPORTED_MODULE_4__/* .parseBoolean */ .yG);
        const username = known.get('username')?.trim();
        const password = known.get('password')?.replace(/[\r\n]+$/, '');
        if (registry === undefined)
            return undefined;
        const where = `entry ${at} (${registry})`;
        if (ca !== undefined && plainHttp)
            complain(`has both ca and plain-http in ${where}: over plain HTTP there is no certificate`);
        if (password !== undefined && username === undefined)
            complain(`has a password and no username in ${where}`);
        const elsewhere = (registry === 'ghcr.io' && githubToken !== undefined) || ((0,_plan_clouds_js__WEBPACK_IMPORTED_MODULE_2__/* .isDocker */ .RI)(registry) && clouds.dockerHub !== undefined);
        if (username !== undefined && password === undefined && expectsSecrets && !elsewhere)
            complain(`has a username and no password in ${where}: is the secret it is taken from set in this repository`);
        if (asked === 'true' && !(0,_plan_clouds_js__WEBPACK_IMPORTED_MODULE_2__/* .ecrPlace */ .OS)(registry) && clouds.awsRegion === undefined)
            complain(`has ecr: true in ${where}, whose name does not tell the region, and AWS_REGION is not set`, 'AWS_REGION: eu-west-1');
        const transport = { ...(ca === undefined ? {} : { ca }), ...(plainHttp ? { plainHttp } : {}) };
        return {
            registry,
            ...(username === undefined ? {} : { username }),
            ...(password === undefined ? {} : { password }),
            ...(use === undefined ? {} : { use }),
            ...(asked === undefined ? {} : { ecr: asked === 'auto' ? asked : asked === 'true' }),
            ...(Object.keys(transport).length === 0 ? {} : { transport }),
        };
    };
    const entries = list.map((entry, index) => read(entry, index + 1));
    entries.forEach((entry, index) => {
        const first = entry ? entries.findIndex((other) => other?.registry === entry.registry && meet(other, entry)) : index;
        if (entry && first < index)
            complain(`has ${entry.registry} twice, in entries ${first + 1} and ${index + 1}: one for everything, or one with use: pull and one with use: push`);
    });
    return entries.filter((entry) => entry !== undefined);
}


/***/ }),

/***/ 67503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ readReportFile)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _report_file_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(74146);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(34170);



/** Where the report is to be written: refused now where that cannot be. It is written at the end by `writeReport`. */
function readReportFile(reader, workingDirectory) {
    return reader.parsed('report-file', (text) => {
        if (text.endsWith('/'))
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO('names a folder, not a file');
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workingDirectory, text);
        const why = (0,_report_file_js__WEBPACK_IMPORTED_MODULE_1__/* .misplaced */ .j5)(reader, path, 'refused');
        if (why !== undefined)
            throw new _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO(why);
        return path;
    });
}


/***/ }),

/***/ 34814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ readInputs),
  p: () => (/* binding */ unknownInput)
});

// EXTERNAL MODULE: ./lib/inputs/declared.js
var inputs_declared = __nccwpck_require__(16307);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __nccwpck_require__(83231);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __nccwpck_require__(34170);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var build_dockerfile = __nccwpck_require__(45168);
// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs = __nccwpck_require__(78864);
// EXTERNAL MODULE: ./lib/inputs/read-build-options.js
var read_build_options = __nccwpck_require__(64815);
;// CONCATENATED MODULE: ./lib/inputs/read-build.js






/** Whether a stage can be asked for by this name or number. @throws Invalid with the stages there are */
function checkStage(dockerfile, wanted) {
    const stages = (0,build_dockerfile/* dockerfileStages */.C8)(dockerfile);
    if ((0,build_dockerfile/* findStage */.U9)(stages, wanted))
        return;
    throw new parse/* Invalid */.WO(`is no stage of the Dockerfile; its stages are ${stages.flatMap(({ name }) => name ?? []).join(', ') || 'without names'}`);
}
function readFolder(reader, name) {
    const value = reader.text(name);
    if (value === undefined)
        return undefined;
    if (/^(https?:|git@|git:|ssh:)/.test(value) || value === 'git') {
        reader.complain(name, 'is a git or remote context: check the code out with actions/checkout and give its folder');
        return undefined;
    }
    const path = (0,external_node_path_.resolve)(reader.workspace, value);
    if (reader.files.kind(path) !== 'directory')
        reader.complain(name, 'is not a folder in the workspace');
    else if (!reader.inside(path))
        reader.complain(name, 'leads out of the workspace');
    return path;
}
/** Given only one of `working-directory` and `context`, the other is the same folder. */
function readFolders(reader) {
    const directory = readFolder(reader, 'working-directory');
    const context = readFolder(reader, 'context');
    return { workingDirectory: directory ?? context ?? reader.workspace, context: context ?? directory ?? reader.workspace };
}
function readDockerfile(reader, file) {
    const { files, workspace } = reader;
    const shown = (0,external_node_path_.relative)(workspace, file) || file;
    const text = files.kind(file) === 'file' ? files.readText(file) : undefined;
    if (text === undefined) {
        const empty = files.list(workspace).length === 0;
        const why = empty
            ? 'cannot be found: the workspace is empty, add actions/checkout before this step'
            : 'is not there: no Dockerfile at this path';
        reader.complain('file', why, shown);
    }
    else if (!reader.inside(file))
        reader.complain('file', 'leads out of the workspace');
    else if (!/^\s*FROM\s/im.test(text))
        reader.complain('file', 'has no FROM: it is not a Dockerfile', shown);
    return text;
}
/** What is built, and how. `folder` is the working directory; `expectsSecrets` is false for forks and Dependabot. */
function readBuild(reader, { workingDirectory: folder, context }, credentials, expectsSecrets) {
    const given = reader.text('file');
    const file = given === undefined ? (0,external_node_path_.join)(context, 'Dockerfile') : (0,external_node_path_.resolve)(reader.workspace, given);
    // Of a context that is not there that is problem enough.
    const dockerfile = given === undefined && context !== reader.workspace && reader.files.kind(context) === undefined
        ? undefined
        : readDockerfile(reader, file);
    const target = reader.parsed('target', (value) => {
        if (dockerfile !== undefined)
            checkStage(dockerfile, value);
        return value;
    });
    const args = reader.parsed('build-args', (0,parse/* parseVariables */.rf)(reader.env)) ?? {};
    const options = (0,read_build_options/* readBuildOptions */.V)(reader, folder, (stage) => {
        if (dockerfile !== undefined)
            checkStage(dockerfile, stage);
    }, expectsSecrets);
    const secrets = [...(0,inputs/* secretsGiven */.Rz)(credentials), ...options.secrets.map((secret) => secret.kind === 'value' && secret.value)];
    for (const [name, value] of Object.entries(args)) {
        if (value === '' || !secrets.includes(value))
            continue;
        reader.complain('build-args', `gives a secret to ${name}: it would stay in the history of the image; use secrets, which a step mounts`, name);
    }
    return { context, file, dockerfile: dockerfile ?? '', ...(target === undefined ? {} : { target }), args, options };
}
/** Inputs beside those of build and cache that an image takes only while it is built. */
const onlyBuilt = new Set(['labels', 'annotations', 'test-first']);
/** Of those that are about the engine, too. */
const ofEngine = new Set(['image-store', 'free-disk']);
/** In place of a build where `from` names an image: what only a build has a use for is a mistake. */
function nothingBuilt(reader, { workingDirectory, context }) {
    for (const [name, { group, default: usual }] of Object.entries(inputs_declared/* declaredInputs */.W)) {
        if (!onlyBuilt.has(name) && ((group !== 'build' && group !== 'cache') || ofEngine.has(name)))
            continue;
        const value = reader.text(name);
        if (value !== undefined && value !== usual)
            reader.complain(name, 'has no meaning with from: nothing is built, and the image stays as it is');
    }
    if (reader.text('test-in')?.startsWith('target:'))
        reader.complain('test-in', 'is a stage of a build, and with from nothing is built: use runner or image');
    const options = (0,read_build_options/* readBuildOptions */.V)(reader, workingDirectory, () => { }, false);
    return { context, file: (0,external_node_path_.join)(context, 'Dockerfile'), dockerfile: '', args: {}, options };
}

// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __nccwpck_require__(89916);
// EXTERNAL MODULE: ./lib/inputs/parse-records.js
var parse_records = __nccwpck_require__(51025);
;// CONCATENATED MODULE: ./lib/inputs/read-cache.js



const tag = /^[\w][\w.-]{0,127}$/;
function parseScope(value) {
    if (!/^[A-Za-z0-9._/-]{1,128}$/.test(value))
        throw new parse/* Invalid */.WO('holds other characters than letters, digits, . _ / -');
    return value;
}
/** A name, or a name with a tag. */
function parseCacheImage(value) {
    const [, name = value, given] = /^(.*[^/]):([^/:]*)$/.exec(value) ?? [];
    (0,image_name/* parseImageName */["if"])(name);
    if (given !== undefined && !tag.test(given))
        throw new parse/* Invalid */.WO(`has "${given}" where a tag belongs`);
    return given === undefined ? name.toLowerCase() : `${name.toLowerCase()}:${given}`;
}
/** Entries as build-push-action takes them: one a line, or in quotes. */
function parseEntries(text) {
    const entries = (0,parse_records/* parseRecords */.Q)(text);
    const bad = entries.find((entry) => !/^"?(type=)?[\w.:/@-]+/.test(entry) || (entry.includes('=') && !/(^|,)"?type=\w/.test(entry)));
    if (bad !== undefined)
        throw new parse/* Invalid */.WO(`has "${bad.slice(0, 40)}", which is neither type=… with attributes nor an image`);
    return entries;
}
const parseLayers = (0,parse/* oneOf */.yL)('auto', 'min', 'max');
/** `auto`, `min` or `max`, and `mounts` beside it or alone. */
function parseMode(text) {
    const words = text.split(',').map((word) => word.trim());
    const [mode = 'auto', ...more] = words.filter((word) => word !== 'mounts');
    if (more.length > 0)
        throw new parse/* Invalid */.WO('is not one of auto, min, max, and mounts beside it');
    return { mode: parseLayers(mode), ...(words.includes('mounts') ? { mounts: true } : {}) };
}
/** The inputs of the layer cache. */
function readCache(reader) {
    const scope = reader.parsed('cache-scope', parseScope);
    const image = reader.parsed('cache-image', parseCacheImage);
    const from = reader.parsed('cache-from', parseEntries) ?? [];
    const to = reader.parsed('cache-to', parseEntries) ?? [];
    const kind = reader.required('cache', (0,parse/* oneOf */.yL)('auto', 'gha', 'registry', 'local', 'none'));
    const raw = from.length > 0 || to.length > 0;
    if (kind === 'registry' && reader.text('cache-image') === undefined && !raw)
        reader.complain('cache-image', 'and cache is registry, which needs an image to keep it as');
    if (image !== undefined && (kind === 'gha' || kind === 'local' || kind === 'none'))
        reader.complain('cache-image', `is for cache: registry or auto, and cache is ${kind}`);
    return {
        kind,
        ...reader.required('cache-mode', parseMode),
        ...(scope === undefined ? {} : { scope }),
        ...(image === undefined ? {} : { image }),
        from,
        to,
    };
}

;// CONCATENATED MODULE: ./lib/inputs/read-comment.js

/** A job without a matrix has `null` for it. @throws Invalid */
function parseMatrix(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new parse/* Invalid */.WO('is no JSON');
    }
    if (value === null)
        return undefined;
    if (typeof value !== 'object' || Array.isArray(value))
        throw new parse/* Invalid */.WO('is no JSON object');
    return value;
}
function readComment(reader) {
    const when = reader.required('comment', (0,parse/* oneOf */.yL)('off', 'on-change', 'always'));
    const matrix = reader.parsed('matrix', parseMatrix);
    return { when, ...(matrix && Object.keys(matrix).length > 0 ? { matrix } : {}) };
}

// EXTERNAL MODULE: ./lib/inputs/read-image.js + 3 modules
var read_image = __nccwpck_require__(74678);
// EXTERNAL MODULE: ./lib/inputs/leak-ignore.js
var leak_ignore = __nccwpck_require__(37481);
;// CONCATENATED MODULE: ./lib/inputs/read-leaks.js


/** Whether the image is searched for secrets, and what is none. */
function readLeaks(reader) {
    const check = reader.required('leak-check', parse/* parseBoolean */.yG);
    const entries = (0,parse/* parseLines */.Li)(reader.text('leak-ignore') ?? '');
    const ignore = entries.flatMap((entry) => {
        try {
            return [(0,leak_ignore/* parseLeakIgnore */.DD)(entry)];
        }
        catch (error) {
            if (!(error instanceof parse/* Invalid */.WO))
                throw error;
            reader.complain('leak-ignore', error.message, entry);
            return [];
        }
    });
    if (check === false && entries.length > 0)
        reader.complain('leak-ignore', 'is given with leak-check: false, which looks at nothing');
    return { check, ignore };
}

// EXTERNAL MODULE: ./lib/quality/requirement.js
var requirement = __nccwpck_require__(54822);
;// CONCATENATED MODULE: ./lib/inputs/read-quality.js



/** Where the metrics are: `image:/PATH`, or a path that stays in the workspace. */
function parsePlace(reader, workingDirectory) {
    return (text) => {
        const [, inImage] = /^image:(.*)$/s.exec(text) ?? [];
        if (inImage !== undefined) {
            if (!(0,external_node_path_.isAbsolute)(inImage))
                throw new parse/* Invalid */.WO('names no absolute path in the image');
            if (inImage.endsWith('/'))
                throw new parse/* Invalid */.WO('names a folder of the image, not a file');
            if ((0,external_node_path_.normalize)(inImage) !== inImage || /[\n\r]/.test(inImage))
                throw new parse/* Invalid */.WO('holds . or .. or // in its path in the image');
            return { kind: 'image', path: inImage };
        }
        if (/^[a-z][a-z+.-]*:\/\//i.test(text))
            throw new parse/* Invalid */.WO('is an address; give a path in the workspace, or image:/PATH');
        const path = (0,external_node_path_.resolve)(workingDirectory, text);
        if (path === workingDirectory)
            throw new parse/* Invalid */.WO('is the working directory itself, not a file');
        const away = (0,external_node_path_.relative)(reader.workspace, path);
        if (reader.kind === 'runner' && (away === '..' || away.startsWith('../') || !reader.inside(path)))
            throw new parse/* Invalid */.WO('leads out of the workspace');
        return { kind: 'workspace', path, given: text };
    };
}
function readRequire(reader, workingDirectory) {
    const lines = (reader.content('require', workingDirectory) ?? '').split(/\r\n|\r|\n/);
    return lines.flatMap((line, index) => {
        const text = line.trim();
        if (text === '' || text.startsWith('#'))
            return [];
        try {
            return [(0,requirement/* parseRequirement */.pP)(text)];
        }
        catch (error) {
            if (!(error instanceof parse/* Invalid */.WO))
                throw error;
            reader.complain('require', `${error.message} (line ${index + 1})`, text);
            return [];
        }
    });
}
/** The quality gate: where the metrics are, and what they are held against. */
function readQuality(reader, workingDirectory, test) {
    const asked = reader.text('metrics-file') !== undefined;
    const file = reader.parsed('metrics-file', parsePlace(reader, workingDirectory));
    const requirements = readRequire(reader, workingDirectory);
    if (!asked && reader.text('require') !== undefined)
        reader.complain('require', 'is given without metrics-file: there are no metrics to hold it against');
    const testsMayWrite = test.run && test.place?.kind === 'runner';
    if (file?.kind === 'workspace' && !testsMayWrite && reader.files.kind(file.path) === undefined)
        reader.complain('metrics-file', 'is not there, and no test runs here that could write it; for a file of the image write image:/PATH');
    return { ...(file === undefined ? {} : { file }), requirements };
}

// EXTERNAL MODULE: ./lib/inputs/read-report-file.js
var read_report_file = __nccwpck_require__(67503);
// EXTERNAL MODULE: ./lib/smoke/sample.js
var sample = __nccwpck_require__(29703);
// EXTERNAL MODULE: ./lib/smoke/samples/found.js
var samples_found = __nccwpck_require__(89641);
// EXTERNAL MODULE: ./lib/smoke/samples/parse-samples.js + 4 modules
var parse_samples = __nccwpck_require__(59369);
// EXTERNAL MODULE: ./lib/smoke/samples/read-text.js
var read_text = __nccwpck_require__(41537);
;// CONCATENATED MODULE: ./lib/inputs/read-samples.js






/** Of a file with many faults the first are told. */
const mostFaults = 20;
function toolsFor(reader, folder, predictPath) {
    const at = (path) => {
        const absolute = (0,external_node_path_.resolve)(folder, path);
        if (reader.files.kind(absolute) !== 'file')
            throw new parse/* Invalid */.WO('names a file that is not there');
        if (!reader.inside(absolute))
            throw new parse/* Invalid */.WO('names a file outside the workspace');
        return absolute;
    };
    return {
        predictPath,
        fileAt: (path) => (0,external_node_path_.relative)(reader.workspace, at(path)),
        readText: (path) => reader.files.readText(at(path)) ?? '',
        checkSchema: reader.checkSchema ?? (() => { }),
    };
}
function readFile(reader, folder, name, predictPath) {
    const faults = (...reasons) => ({ kind: 'faults', faults: reasons });
    const path = (0,external_node_path_.resolve)(folder, name);
    const text = reader.files.readText(path);
    if (text === undefined)
        return faults('cannot be read');
    if (!reader.inside(path))
        return faults('is outside the workspace');
    try {
        const read = (0,parse_samples/* parseSamples */.r)((0,read_text/* readValues */.N$)(name, text, reader.parseYaml), name, toolsFor(reader, folder, predictPath));
        if (read.faults.length === 0)
            return { kind: 'samples', samples: read.samples };
        const told = read.faults.slice(0, mostFaults).map(({ at, reason }) => `at ${at}: ${reason}`);
        return faults(...told, ...(read.faults.length > mostFaults ? [`has ${read.faults.length - mostFaults} more faults`] : []));
    }
    catch (error) {
        if (!(error instanceof parse/* Invalid */.WO))
            throw error;
        return faults(error.message);
    }
}
function readBody(reader, folder, predictPath) {
    const from = (0,samples_found/* findBody */.q)(folder, reader.files);
    const body = from === undefined ? undefined : reader.files.readText((0,external_node_path_.resolve)(folder, from));
    if (from === undefined || body === undefined || !reader.inside((0,external_node_path_.resolve)(folder, from)))
        return undefined;
    try {
        JSON.parse(body);
    }
    catch {
        return undefined;
    }
    const path = from.endsWith('serving_input_example.json') ? '/invocations' : predictPath;
    return { name: from, request: { method: 'POST', path, headers: sample/* jsonHeaders */.pF, body }, expect: sample/* anyAnswer */.H2, source: 'found', from };
}
/**
 * The samples that the input names, every fault told; without it and without `predict-body` those of a file that lies
 * where one is expected. What is found must not make a run fail that has not asked for it: a notice says why it is not used.
 */
function readSamples(reader, folder, { predictPath = '', predictBody }) {
    const given = reader.parsed('samples', parse/* parseItems */.mo);
    if (given) {
        const samples = given.flatMap((item) => {
            const name = item.replace(/^@/, '');
            const read = readFile(reader, folder, name, predictPath);
            if (read.kind === 'samples')
                return read.samples;
            for (const fault of read.faults)
                reader.complain('samples', fault, name);
            return [];
        });
        return { read: { samples }, notices: [] };
    }
    if (predictBody !== undefined || reader.text('predict-body') !== undefined)
        return { read: {}, notices: [] };
    const found = (0,samples_found/* findSamplesFile */.Z)(folder, reader.files);
    const read = found === undefined ? undefined : readFile(reader, folder, found, predictPath);
    if (read?.kind === 'samples')
        return { read: { samples: read.samples }, notices: [] };
    const foundBody = readBody(reader, folder, predictPath);
    const notices = read ? [`${found} is not used as a samples file: it ${read.faults[0]}. With samples: ${found} every fault is told.`] : [];
    return { read: foundBody ? { foundBody } : {}, notices };
}

;// CONCATENATED MODULE: ./lib/inputs/parse-size.js

const units = {
    ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
    ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};
const largest = 1e15;
function bytesOf(text) {
    const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s?([A-Za-z]*)$/.exec(text) ?? [];
    if (/^\d+,\d+\s?[A-Za-z]*$/.test(text))
        throw new parse/* Invalid */.WO(`has a decimal comma; write ${text.replace(',', '.')}`);
    // 1000 of them for some tools and 1024 for others.
    if (amount !== undefined && /^[kmgt]$/i.test(unit)) {
        const letter = unit.toUpperCase();
        throw new parse/* Invalid */.WO(`does not say which ${letter} is meant; write ${amount}${letter === 'K' ? 'kB' : `${letter}B`} or ${amount}${letter}iB`);
    }
    const factor = units[unit.toLowerCase()];
    if (amount === undefined || factor === undefined)
        throw new parse/* Invalid */.WO('is not a size with a unit (kB, MB, GB, KiB, MiB, GiB)');
    const bytes = Math.round(Number(amount) * factor);
    if (bytes > largest)
        throw new parse/* Invalid */.WO('is larger than any image');
    return bytes;
}
/** Reads `500MB`, `1.5GB` or `2GiB`; more than zero. @throws Invalid */
function parseSize(text) {
    const bytes = bytesOf(text);
    if (bytes < 1)
        throw new parse/* Invalid */.WO('is no size at all');
    return { bytes, text };
}
/** Reads `10%`, or a size such as `50MB`; zero for an image that may not grow at all. @throws Invalid */
function parseIncrease(text) {
    const [, percent] = /^(\d{1,4}(?:\.\d{1,6})?)\s?%$/.exec(text) ?? [];
    if (percent !== undefined)
        return { kind: 'percent', percent: Number(percent), text };
    if (text.startsWith('-'))
        throw new parse/* Invalid */.WO('is less than nothing: it says how much larger the image may be than the one before');
    if (text.includes('%') || /^\d+(\.\d+)?$/.test(text))
        throw new parse/* Invalid */.WO('is neither per cent (10%) nor a size with a unit (50MB)');
    return { kind: 'bytes', bytes: bytesOf(text), text };
}

;// CONCATENATED MODULE: ./lib/inputs/read-size.js

/** How large the image may be, and by how much larger than the one before it. */
function readSize(reader) {
    const most = reader.parsed('max-image-size', parseSize);
    const increase = reader.parsed('max-size-increase', parseIncrease);
    return { ...(most ? { most } : {}), ...(increase ? { increase } : {}) };
}

;// CONCATENATED MODULE: ./lib/smoke/presets/names.js
/** What the input `preset` takes, but for `auto` and other names of the same. */
const presetNames = [
    'fastapi',
    'flask',
    'mlflow',
    'bentoml',
    'cog',
    'kserve-v1',
    'oip-v2',
    'mlserver',
    'triton',
    'torchserve',
    'tfserving',
    'vllm',
    'tgi',
    'tei',
    'sagemaker',
    'vertex',
    'azureml',
    'ray-serve',
    'litserve',
    'truss',
    'hf-space',
    'none',
];
/** Other names that people have for them. */
const presetAliases = {
    kserve: 'kserve-v1',
    'kserve-v2': 'oip-v2',
    seldon: 'oip-v2',
    ray: 'ray-serve',
    'tensorflow-serving': 'tfserving',
};

;// CONCATENATED MODULE: ./lib/inputs/env-file.js

/**
 * Variables of a file in the format of `docker run --env-file` (docker/cli, pkg/kvfile): `NAME=value`, the value as it
 * is, quotes and `#` included; `NAME` alone takes it from `job`; lines that start with `#` and empty ones are none.
 * A name alone that the job has not is an error here. Later lines win. @throws Invalid, with the number of the line
 */
function parseEnvFile(text, job = {}) {
    const variables = {};
    for (const [index, whole] of text.split(/\r?\n/).entries()) {
        const line = whole.trimStart();
        if (line === '' || line.startsWith('#'))
            continue;
        const wrong = (reason) => new parse/* Invalid */.WO(`line ${index + 1} ${reason}`);
        const at = line.indexOf('=');
        const name = at < 0 ? line : line.slice(0, at);
        if (/^export\s/.test(name))
            throw wrong('starts with export: docker takes NAME=value alone');
        if (name === '')
            throw wrong('has no name before the =');
        if (/\s/.test(name))
            throw wrong('has a space in the name of the variable');
        if (/[\0\ufffd]/.test(line))
            throw wrong('is no UTF-8 text');
        const value = at < 0 ? job[name] : line.slice(at + 1);
        if (value === undefined)
            throw wrong('takes a variable from the job, where it is not set');
        variables[name] = value;
    }
    return variables;
}

;// CONCATENATED MODULE: ./lib/inputs/read-around.js



/** Absolute paths of the files that an input names, one a line, from `base`; those that cannot be read are problems. */
function readFiles(reader, input, base) {
    return (0,parse/* parseLines */.Li)(reader.text(input) ?? '').flatMap((name) => {
        const path = (0,external_node_path_.resolve)(base, name);
        const kind = reader.files.kind(path);
        if (kind !== 'file')
            reader.complain(input, kind === undefined ? 'is not there' : 'is a folder, not a file', name);
        else if (!reader.inside(path))
            reader.complain(input, 'is outside the workspace', name);
        else
            return [path];
        return [];
    });
}
/** The variables of run-env-file; of several files the later wins. */
function readEnvFiles(reader, base) {
    const variables = {};
    for (const path of readFiles(reader, 'run-env-file', base)) {
        try {
            Object.assign(variables, parseEnvFile(reader.files.readText(path) ?? '', reader.env));
        }
        catch (error) {
            if (!(error instanceof parse/* Invalid */.WO))
                throw error;
            reader.complain('run-env-file', `is no env file: ${error.message}`);
        }
    }
    return variables;
}
/** What runs around the container: the stack it is in, the network it is cut off from, the command behind it. */
function readAround(reader, base) {
    const command = reader.parsed('run-command', (text) => {
        const words = (0,parse/* parseShellWords */.$I)(text);
        if (words.length === 0)
            throw new parse/* Invalid */.WO('holds no word');
        return words;
    });
    const offline = reader.required('offline', parse/* parseBoolean */.yG);
    const files = readFiles(reader, 'compose-file', base);
    const asked = reader.text('compose-file') !== undefined;
    const service = reader.text('compose-service');
    if (service !== undefined && !asked)
        reader.complain('compose-service', 'is given without compose-file');
    if (asked && reader.text('run-args') !== undefined)
        reader.complain('run-args', 'has no meaning with compose-file: write it into the service of the stack');
    if (offline && /(^|\s)--net(work)?(=|\s)/.test(reader.text('run-args') ?? ''))
        reader.complain('run-args', 'names a network, which offline: true takes away');
    const gateCommand = reader.text('gate-command');
    return {
        ...(command === undefined ? {} : { command }),
        offline,
        ...(files.length > 0 ? { compose: { files, ...(service === undefined ? {} : { service }) } } : {}),
        ...(gateCommand === undefined ? {} : { gateCommand }),
    };
}

;// CONCATENATED MODULE: ./lib/inputs/read-smoke.js




const presetOrAuto = (0,parse/* oneOf */.yL)('auto', ...presetNames);
/** The name of a preset, or another that people have for it. */
function parsePreset(text) {
    const name = text.toLowerCase();
    return (Object.hasOwn(presetAliases, name) ? presetAliases[name] : undefined) ?? presetOrAuto(name);
}
/** JSON as it was written: what is sent is what was given. */
function checkedJson(text) {
    (0,parse/* parseJson */.qF)(text);
    return text;
}
/** `off`, `previous`, or an image by its tag or digest. */
function parseCompare(text) {
    if (text === 'off' || text === 'previous')
        return { kind: text };
    const [, name, tag, digest] = /^(.*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/s.exec(text) ?? [];
    const reference = digest ?? tag;
    if (name === undefined || name === '' || name.includes('@'))
        throw new parse/* Invalid */.WO('is none of off, previous, or an image such as ghcr.io/acme/iris:1.4');
    if (reference === undefined)
        throw new parse/* Invalid */.WO('names no tag or digest; is none of off, previous, NAME:TAG, NAME@sha256:DIGEST');
    return { kind: 'image', name: (0,image_name/* parseImageName */["if"])(name), reference };
}
function readSmoke(reader, workingDirectory) {
    const port = reader.parsed('port', parse/* parsePort */.pz);
    const predictBody = reader.parsed('predict-body', checkedJson, reader.content('predict-body', workingDirectory));
    const expectation = reader.parsed('predict-expect', parse/* parseExpectation */.WR, reader.content('predict-expect', workingDirectory));
    if (expectation && reader.text('predict-body') === undefined) {
        reader.complain('predict-expect', 'is given without predict-body: there is no answer to hold it against');
    }
    const preset = reader.required('preset', parsePreset);
    const healthPath = reader.parsed('health-path', parse/* parsePath */.Rr);
    const healthExpect = reader.parsed('health-expect', parse/* parseExpectation */.WR, reader.content('health-expect', workingDirectory));
    const readyPath = reader.parsed('ready-path', parse/* parsePath */.Rr);
    const predictPath = reader.parsed('predict-path', parse/* parsePath */.Rr);
    const startTimeoutMs = reader.parsed('start-timeout', parse/* parseDuration */.E9);
    if (preset === 'none') {
        const called = ['port', 'health-path', 'health-expect', 'ready-path', 'predict-path', 'predict-body'];
        for (const name of called)
            if (reader.text(name) !== undefined)
                reader.complain(name, 'is given with preset: none, which calls nothing');
    }
    const run = reader.required('smoke', parse/* parseBoolean */.yG);
    const compare = reader.required('compare', parseCompare);
    const maxLatencyMs = reader.parsed('max-latency', parse/* parseDuration */.E9);
    if (run === false && compare?.kind !== 'off')
        reader.complain('compare', 'is given with smoke: false, where no image is started');
    if (run === false && maxLatencyMs !== undefined)
        reader.complain('max-latency', 'is given with smoke: false, where no image is started');
    if (compare?.kind !== 'off' && reader.text('compose-file') !== undefined)
        reader.complain('compare', 'is given with compose-file: the other image would be without its stack');
    return {
        run,
        preset,
        compare,
        ...(maxLatencyMs === undefined ? {} : { maxLatencyMs }),
        ...(port === undefined ? {} : { port }),
        ...(healthPath === undefined ? {} : { healthPath }),
        ...(healthExpect === undefined ? {} : { healthExpect }),
        ...(readyPath === undefined ? {} : { readyPath }),
        ...(predictPath === undefined ? {} : { predictPath }),
        ...(predictBody === undefined ? {} : { predictBody }),
        ...(expectation === undefined ? {} : { expectation }),
        ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
        env: { ...readEnvFiles(reader, workingDirectory), ...reader.parsed('run-env', (0,parse/* parseVariables */.rf)(reader.env)) },
        args: reader.parsed('run-args', parse/* parseRunArgs */.ug) ?? [],
        ...readAround(reader, workingDirectory),
    };
}

;// CONCATENATED MODULE: ./lib/inputs/read-test.js



/** Inputs that a place has no use for: given all the same, they are a mistake. */
const leftOut = {
    runner: [],
    image: ['test-report', 'python-version'],
    target: ['test-report', 'python-version', 'test-env', 'test-requirements'],
};
const isBelow = (folder, path) => !/^\.\.(\/|$)/.test((0,external_node_path_.relative)(folder, path));
/** `runner`, `image`, or `target:STAGE` with a stage that the Dockerfile has. */
function read_test_parsePlace(dockerfile) {
    return (text) => {
        if (text === 'runner' || text === 'image')
            return { kind: text };
        const [, stage] = /^target:(\S+)$/.exec(text) ?? [];
        if (stage === undefined)
            throw new parse/* Invalid */.WO('is none of runner, image, target:STAGE');
        if (dockerfile !== '')
            checkStage(dockerfile, stage);
        return { kind: 'target', stage };
    };
}
function readTest(reader, workingDirectory, dockerfile) {
    const place = reader.required('test-in', read_test_parsePlace(dockerfile));
    const first = reader.required('test-first', parse/* parseBoolean */.yG);
    if (first && place?.kind !== undefined && place.kind !== 'runner')
        reader.complain('test-first', 'cannot be with tests that need the build: use test-in: runner', 'true');
    if (place?.kind === 'target' && reader.text('test-command') !== undefined) {
        reader.complain('test-command', 'is not run with test-in: target, where the stage itself runs the tests');
    }
    const report = reader.parsed('test-report', (value) => {
        const path = (0,external_node_path_.resolve)(workingDirectory, value);
        if (path === workingDirectory || reader.files.kind(path) === 'directory')
            throw new parse/* Invalid */.WO('is a folder, not a file');
        if (!isBelow(workingDirectory, path))
            throw new parse/* Invalid */.WO('leads out of the working directory');
        return value;
    });
    for (const name of leftOut[place?.kind ?? 'runner']) {
        if (reader.text(name) !== undefined)
            reader.complain(name, `has no meaning with test-in: ${reader.text('test-in')}`);
    }
    const command = reader.text('test-command');
    const requirements = reader.parsed('test-requirements', (value) => {
        if (value === 'none')
            return 'none';
        const paths = (0,parse/* parseItems */.mo)(value);
        if (paths.length === 0)
            throw new parse/* Invalid */.WO('names no file');
        const missing = paths.find((path) => reader.files.kind((0,external_node_path_.resolve)(workingDirectory, path)) !== 'file');
        if (missing !== undefined)
            throw new parse/* Invalid */.WO(`names ${missing}, which is not in the working directory`);
        return paths;
    });
    const pythonVersion = reader.parsed('python-version', (value) => {
        if (!/^\d+\.\d+(\.\d+)?$/.test(value) || value === '3.1')
            throw new parse/* Invalid */.WO('is not a version such as 3.11 (quote it in YAML: 3.10 is the number 3.1)');
        return value;
    });
    return {
        ...(pythonVersion === undefined ? {} : { pythonVersion }),
        run: reader.required('test', parse/* parseBoolean */.yG),
        ...(command === undefined ? {} : { command }),
        ...(requirements === undefined ? {} : { requirements }),
        env: reader.parsed('test-env', (0,parse/* parseVariables */.rf)(reader.env)) ?? {},
        first,
        place,
        ...(report === undefined ? {} : { report }),
        timeoutMs: reader.required('test-timeout', parse/* parseDuration */.E9),
    };
}

// EXTERNAL MODULE: ./lib/inputs/reader.js
var inputs_reader = __nccwpck_require__(70178);
;// CONCATENATED MODULE: ./lib/inputs/read.js















/** What is wrong with a name that is no input of an action: the one that was meant, or what to write instead. */
function unknownInput(name, declared = inputs_declared/* declaredInputs */.W) {
    const instead = Object.hasOwn(inputs_declared/* foreignInputs */.e, name) ? inputs_declared/* foreignInputs */.e[name] : undefined;
    const near = instead ? undefined : (0,nearest/* nearest */.p)(name, Object.keys(declared));
    const reason = instead ? `is an input of another action, ${instead}` : `is no input of this action${near ? `; did you mean ${near}` : ''}`;
    return {
        input: name,
        value: name,
        reason,
        example: near
            ? `${near}: ${declared[near]?.example}`
            : instead
                ? 'docs/migrating.md has all inputs of the docker actions'
                : 'see the README for all inputs',
    };
}
/** Turns the text of all inputs into `Inputs`, or tells every problem there is. Looks at files, runs nothing. */
function readInputs(given, event, around) {
    const unknown = [...given.keys()].filter((name) => !Object.hasOwn(inputs_declared/* declaredInputs */.W, name)).map((name) => unknownInput(name));
    const reader = (0,inputs_reader/* createReader */.W)(given, around);
    const image = (0,read_image/* readImage */.A)(reader);
    const credentials = (0,read_image/* readCredentials */.L)(reader, given, image, event);
    const folders = readFolders(reader);
    const { workingDirectory } = folders;
    // Also where it names nothing: that is problem enough.
    const build = reader.text('from') !== undefined ? nothingBuilt(reader, folders) : readBuild(reader, folders, credentials, event.origin === 'own');
    const test = readTest(reader, workingDirectory, build.dockerfile);
    const smoke = readSmoke(reader, workingDirectory);
    const samples = readSamples(reader, workingDirectory, smoke);
    const reportFile = (0,read_report_file/* readReportFile */.$)(reader, workingDirectory);
    const inputs = {
        ...image,
        notices: [...image.notices, ...samples.notices],
        credentials,
        workspace: reader.workspace,
        workingDirectory,
        build,
        test,
        smoke: { ...smoke, ...samples.read },
        quality: readQuality(reader, workingDirectory, test),
        leaks: readLeaks(reader),
        size: readSize(reader),
        advice: reader.required('advice', (0,parse/* oneOf */.yL)('warn', 'error', 'off')),
        cache: readCache(reader),
        accept: new Set(reader.parsed('accept', (value) => (0,parse/* parseItems */.mo)(value).map((0,parse/* oneOf */.yL)('no-tests', 'untested-platforms', 'unsafe-pr-checkout'))) ?? []),
        pushTimeoutMs: reader.required('push-timeout', parse/* parseDuration */.E9),
        attest: reader.required('attest', (0,parse/* oneOf */.yL)('off', 'best-effort', 'required')),
        summary: reader.required('summary', parse/* parseBoolean */.yG),
        ...(reportFile === undefined ? {} : { reportFile }),
        comment: readComment(reader),
    };
    if (inputs.attest !== 'off' && !test.run && !smoke.run)
        reader.complain('attest', 'has nothing to attest with test: false and smoke: false');
    const problems = [...unknown, ...reader.problems];
    return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'inputs', inputs };
}


/***/ }),

/***/ 70178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ createReader)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(16307);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(34170);



const secret = new Set(['password', 'github-token', 'registry-auth', 'secrets']);
/** Of lines of variables only the names are shown: the rest may be a key over several lines. */
const variables = new Set(['run-env', 'test-env', 'build-args']);
const longestValue = 60;
function exampleOf(input) {
    const example = Object.hasOwn(_declared_js__WEBPACK_IMPORTED_MODULE_1__/* .declaredInputs */ .W, input) ? _declared_js__WEBPACK_IMPORTED_MODULE_1__/* .declaredInputs */ .W[input].example.split('\n')[0] : '';
    return `${input}: ${example}`;
}
function createReader(given, around) {
    const { files, workspace } = around;
    const problems = [];
    const namesIn = (text) => text.replace(/=.*$/gm, '=***').replace(/^(?![A-Z_0-9]*(=\*\*\*)?$).*$/gm, '***');
    const shownOf = (input) => (variables.has(input) ? namesIn(given.get(input) ?? '') : (given.get(input) ?? ''));
    const complain = (input, reason, value = shownOf(input), like = exampleOf(input)) => {
        const hidden = value === '' ? '' : '***';
        const shown = secret.has(input) ? hidden : value.length > longestValue ? `${value.slice(0, longestValue)}...` : value;
        problems.push({ input, value: shown.replace(/\s+/g, ' '), reason, example: like });
    };
    const text = (name) => {
        const value = given.get(name);
        const trimmed = value === undefined || value.trim() === '' ? _declared_js__WEBPACK_IMPORTED_MODULE_1__/* .declaredInputs */ .W[name].default : value.trim();
        // A default that is an expression has a value only under the runner.
        return trimmed === '' || trimmed.startsWith('${{') ? undefined : trimmed;
    };
    const parsed = (name, parse, value = text(name)) => {
        if (value === undefined)
            return undefined;
        try {
            return parse(value);
        }
        catch (error) {
            if (!(error instanceof _parse_js__WEBPACK_IMPORTED_MODULE_2__/* .Invalid */ .WO))
                throw error;
            complain(name, error.message);
            return undefined;
        }
    };
    const inside = (path) => {
        if (around.kind === 'terminal')
            return true;
        const away = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(files.realPath(workspace) ?? workspace, files.realPath(path) ?? path);
        return away !== '..' && !away.startsWith('../') && !(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(away);
    };
    const content = (name, base) => {
        const value = text(name);
        if (value === undefined || !value.startsWith('@'))
            return value;
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(base, value.slice(1));
        const read = files.readText(path);
        if (read === undefined)
            complain(name, 'names a file that cannot be read');
        else if (!inside(path))
            complain(name, 'names a file outside the workspace');
        else
            return read;
        return undefined;
    };
    return { ...around, problems, complain, text, parsed, required: (name, parse) => parsed(name, parse), content, inside };
}


/***/ }),

/***/ 94151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VI: () => (/* binding */ listRecords),
/* harmony export */   xJ: () => (/* binding */ unquotedFields),
/* harmony export */   zB: () => (/* binding */ recordFields)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(25175);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(34170);


const faults = {
    CSV_QUOTE_NOT_CLOSED: 'opens a quote (") and does not close it',
    CSV_INVALID_CLOSING_QUOTE: 'has text behind a closing quote ("): a quote must close at a comma or at the end',
    INVALID_OPENING_QUOTE: 'has a quote (") inside a field: quote the whole field, as in "value=a,b", or write no quotes',
};
function read(text, options) {
    try {
        return (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__.parse)(text, { relax_column_count: true, skip_empty_lines: true, ...options });
    }
    catch (error) {
        if (!(error instanceof csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .CsvError */ .J))
            throw error;
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO(faults[error.code] ?? `is not CSV (${error.message})`);
    }
}
const readList = (text) => read(text, { relax_quotes: true, comment: '#', comment_no_infix: true });
/** Quoted fields whose commas will part them, as the first reading takes their quotes: of no use, but so with theirs. */
function unquotedFields(text) {
    return readList(text).flatMap((fields) => (fields.length > 1 ? fields.filter((field) => field.includes(',')) : []));
}
/**
 * The records of a list input, one a line, as docker/metadata-action takes them from CSV: lines that start with `#`
 * and empty lines are none; a quoted field may hold commas and line breaks, and loses its quotes here. The fields are
 * joined again, and read once more by `recordFields`. @throws Invalid
 */
function listRecords(text) {
    return readList(text)
        .map((fields) => fields.join(','))
        .filter((record) => record !== '')
        .map((record) => record.trim());
}
/** The fields of one record, untrimmed. Of a record over several lines (quoted) only the first line counts. @throws Invalid */
function recordFields(record) {
    const [fields] = read(record, {});
    if (!fields)
        throw new _parse_js__WEBPACK_IMPORTED_MODULE_1__/* .Invalid */ .WO('is a line of spaces alone: delete it');
    return fields;
}


/***/ }),

/***/ 63226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ entropyOf),
/* harmony export */   w: () => (/* binding */ isPlaceholder)
/* harmony export */ });
/** Bits of information a character, by Shannon: 0 for `aaaa`, about 4 for hexadecimal digits, 5 and more for random base64. */
function entropyOf(text) {
    const counts = new Map();
    for (const char of text)
        counts.set(char, (counts.get(char) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
/** What stands where a secret is to be put: words, signs of a template, runs of one kind. */
const stands = /example|sample|change.?(me|this|it)|place.?holder|your|dummy|fake|mock|redacted|replace|insert|to.?do|x{4,}|\*{3,}|\.{3}|…|<[^>]*>|\$\{|\$\(|\{\{|%\(|^\$\w+$|^%\w+%$|123456|abcdef|0{6,}|deadbeef|foobar|not.?a.?(real|secret)|^test|test$|[_-]test[_-]/i;
/** What everybody gives for want of a secret: names of servers and roles, words for nothing. */
const common = new Set(('admin administrator airflow dev development default empty false guest hunter2 local localhost minio minioadmin minio123 mlflow mysql ' +
    'nil none null nobody pass passwd password passw0rd password1 postgres pw pwd qwerty rabbitmq redis root secret secretkey test tests ' +
    'token true undefined unset user username value xxx').split(' '));
/** Whether a value only stands for a secret, as in a template or a documentation. */
function isPlaceholder(value) {
    return common.has(value.toLowerCase()) || stands.test(value) || new Set(value).size < 4;
}


/***/ }),

/***/ 18119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  og: () => (/* binding */ ownRules),
  Zl: () => (/* binding */ ruleIds),
  aO: () => (/* binding */ rules)
});

// EXTERNAL MODULE: ./lib/inspect/leaks/variables.js
var variables = __nccwpck_require__(3750);
;// CONCATENATED MODULE: ./lib/inspect/leaks/files.js

/** What stands in place of an example: `.env.example` and its kin are meant to be seen. */
const template = '(?!.*\\.(?:example|sample|template|tmpl|dist|defaults?|schema|j2|md)$)';
const hasValue = (secret) => !/^[$%<{]/.test(secret);
/** Secrets that are known by the file they stand in: its place or name says what the value is. */
const fileRules = [
    {
        id: 'dotenv',
        what: 'a secret in a variable',
        literals: ['='],
        path: new RegExp(`^${template}.*/(?:\\.env(?:\\.[\\w.-]+)?|[\\w-]+\\.env|\\.envrc|\\.flaskenv)$`),
        pattern: /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?<quote>["']?)(?<secret>[^\r\n]*?)\k<quote>[ \t]*(?:#[^\r\n]*)?$/gm,
        entropy: 0,
        holds: (secret, name) => (0,variables/* givesSecret */.t)(name, secret),
    },
    {
        id: 'streamlit-secrets',
        what: 'a secret of Streamlit',
        literals: ['='],
        path: /\/\.streamlit\/secrets\.toml$/,
        pattern: /^[ \t]*(?<name>[\w.-]+)[ \t]*=[ \t]*["'](?<secret>[^"'\r\n]+)["']/gm,
        entropy: 0,
        holds: (secret, name) => (0,variables/* givesSecret */.t)(name, secret),
    },
    {
        id: 'netrc',
        what: 'a login of a .netrc',
        literals: ['password'],
        path: /\/[._]netrc$/,
        pattern: /\b(?:machine\s+\S+|default)\s+(?:login\s+\S+\s+)?(?:account\s+\S+\s+)?password\s+(?<secret>\S{6,})/g,
        entropy: 2,
        holds: hasValue,
    },
    {
        id: 'docker-login',
        what: 'a login of Docker',
        literals: ['auth', 'identitytoken'],
        path: /\/(?:\.docker\/config\.json|\.dockerconfigjson|\.dockercfg|containers\/auth\.json)$/,
        pattern: /"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"(?<secret>[^"\s]{8,})"/g,
        entropy: 2.5,
    },
    {
        id: 'kaggle-key',
        what: 'a key of Kaggle',
        literals: ['"key"'],
        path: /\/kaggle\.json$/,
        pattern: /"key"\s*:\s*"(?<secret>[a-f0-9]{32})"/g,
    },
    {
        id: 'aws-credentials',
        what: 'credentials of AWS',
        literals: ['aws_secret_access_key', 'aws_session_token'],
        path: /\/\.aws\/(?:credentials|config)$/,
        pattern: /^\s*aws_(?:secret_access_key|session_token)\s*=\s*(?<secret>\S{30,})/gm,
    },
    {
        id: 'pypirc',
        what: 'a login of a package index',
        literals: ['password', 'PASSWORD', 'token'],
        path: /\/(?:\.pypirc|\.config\/pypoetry\/auth\.toml|pypoetry\/auth\.toml)$/,
        pattern: /^\s*(?:password|token)\s*[:=]\s*["']?(?<secret>[^\s"']{6,})/gm,
        entropy: 2.3,
        holds: hasValue,
    },
    {
        id: 'npmrc',
        what: 'a login of npm',
        literals: ['_auth', '_password'],
        path: /\/\.?(?:npmrc|yarnrc|yarnrc\.yml)$/,
        pattern: /(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent)["']?\s*[=:]\s*["']?(?<secret>[^\s"']{8,})/g,
        entropy: 2.5,
        holds: hasValue,
    },
    {
        id: 'git-credentials',
        what: 'credentials of git',
        literals: ['://'],
        path: /\/\.?git-?credentials$|\/git\/credentials$/,
        pattern: /^https?:\/\/[^\s:/@]*:(?<secret>[^\s@/]{6,})@/gm,
        entropy: 2,
    },
    {
        id: 'git-config',
        what: "a login in git's configuration",
        literals: ['AUTHORIZATION', 'uthorization', '://'],
        path: /\/\.git\/(?:modules\/.+\/)?config$|\/\.gitconfig$/,
        pattern: /(?:AUTHORIZATION:\s*(?:basic|bearer)\s+(?<secret>[A-Za-z0-9+/=_.~-]{16,}))/gi,
    },
    {
        id: 'git-remote-token',
        what: "a token in git's configuration",
        literals: ['://'],
        path: /\/\.git\/(?:modules\/.+\/)?config$|\/\.gitconfig$/,
        pattern: /https?:\/\/(?:[^\s:/@]*:(?=[^\s:@/]{16,}@))?(?<secret>[^\s:@/]{16,})(?::[^\s:@/]*)?@/g,
    },
    {
        id: 'kube-config',
        what: 'a login of Kubernetes',
        literals: ['client-key-data', 'token:'],
        path: /\/\.kube\/config$|\/kubeconfig(?:\.ya?ml)?$/,
        pattern: /(?:client-key-data|token):\s*["']?(?<secret>[A-Za-z0-9+/=_.-]{30,})/g,
    },
    {
        id: 'gcloud-credentials',
        what: 'credentials of gcloud',
        literals: ['refresh_token', 'client_secret'],
        path: /\/(?:application_default_credentials|legacy_credentials\/.+\/adc)\.json$/,
        pattern: /"(?:refresh_token|client_secret)"\s*:\s*"(?<secret>[^"\s]{16,})"/g,
    },
    {
        id: 'pgpass',
        what: 'a password of a .pgpass',
        literals: [':'],
        path: /\/\.pgpass$/,
        pattern: /^[^#:\r\n]*:[^:\r\n]*:[^:\r\n]*:[^:\r\n]*:(?<secret>[^\r\n]{6,})$/gm,
        entropy: 2,
    },
    {
        id: 'huggingface-login',
        what: 'a login of Hugging Face',
        literals: ['hf_'],
        path: /\/\.?(?:cache\/)?huggingface\/(?:token|stored_tokens)$/,
        pattern: /(?<secret>hf_[A-Za-z0-9]{20,})/g,
    },
];

// EXTERNAL MODULE: ./lib/inspect/leaks/placeholder.js
var placeholder = __nccwpck_require__(63226);
;// CONCATENATED MODULE: ./lib/inspect/leaks/tokens.js

/** A token that is known by how it begins. The sources are what its maker documents, or secret scanners agree on. */
function token(id, what, literals, source, more = {}) {
    return { id, what, literals, pattern: new RegExp(`(?<![A-Za-z0-9_])(?<secret>${source})(?![A-Za-z0-9])`, 'g'), ...more };
}
const base64 = 'A-Za-z0-9+/';
/** Tokens and keys that are known by their own form, wherever they stand. */
const tokenRules = [
    {
        id: 'private-key',
        what: 'a private key',
        literals: ['PRIVATE KEY'],
        pattern: /-----BEGIN (?:(?!ENCRYPTED)[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|[\s"',+\\]|(?:Version|Comment|Hash|Proc-Type|DEK-Info): [^\r\n]{0,200})*(?<secret>[A-Za-z0-9+/=]{32,})/g,
        // ENCRYPTED has a rule of its own.
        holds: (secret) => !secret.startsWith('AAAAAAAAAA'),
    },
    {
        id: 'encrypted-key',
        what: 'a private key behind a passphrase',
        literals: ['ENCRYPTED PRIVATE KEY'],
        pattern: /-----BEGIN ENCRYPTED PRIVATE KEY-----(?:\\r|\\n|[\s"',+\\])*(?<secret>[A-Za-z0-9+/=]{32,})/g,
        weight: 'advice',
    },
    {
        id: 'putty-key',
        what: 'a private key of PuTTY',
        literals: ['PuTTY-User-Key-File'],
        pattern: /PuTTY-User-Key-File-\d: [\s\S]{0,2000}?Private-Lines: \d+\r?\n(?<secret>[A-Za-z0-9+/=]{32,})/g,
    },
    token('age-key', 'a private key of age', ['AGE-SECRET-KEY-1'], 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
    token('aws-access-key', 'an access key of AWS', ['AKIA', 'ASIA'], '(?:AKIA|ASIA)[A-Z2-7]{16}', {
        known: ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
    }),
    {
        id: 'aws-secret-key',
        what: 'a secret key of AWS',
        literals: ['ecret', 'ECRET'],
        pattern: new RegExp(`aws.{0,20}?secret.{0,20}?key["']?\\s{0,5}[=:]\\s{0,5}["']?(?<secret>[${base64}]{40})(?![${base64}=])`, 'gi'),
        entropy: 4,
    },
    token('github-token', 'a token of GitHub', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{36,251}'),
    token('github-fine-grained-token', 'a token of GitHub', ['github_pat_'], 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
    token('gitlab-token', 'a token of GitLab', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glsoat-'], 'gl(?:pat|dt|rt|ptt|ft|soat)-[\\w-]{20,64}'),
    token('slack-token', 'a token of Slack', ['xox'], 'xox[abeoprs]-(?:\\d+-)+[\\w-]{10,}'),
    {
        id: 'slack-webhook',
        what: 'a webhook of Slack',
        literals: ['hooks.slack.com/services/T'],
        pattern: /hooks\.slack\.com\/services\/(?<secret>T\w{8,12}\/B\w{8,12}\/\w{24})/g,
    },
    token('google-api-key', 'an API key of Google', ['AIza'], 'AIza[\\w-]{35}', { entropy: 3.8 }),
    {
        id: 'google-service-account',
        what: 'the key of a Google service account',
        literals: ['private_key_id'],
        pattern: /"private_key_id"\s*:\s*"(?<secret>[a-f0-9]{40})"/g,
    },
    token('google-oauth-token', 'a client secret or refresh token of Google', ['GOCSPX-', '1//0'], '(?:GOCSPX-[\\w-]{28}|1//0[\\w-]{40,})'),
    {
        id: 'azure-storage-key',
        what: 'the key of an Azure storage account',
        literals: ['AccountKey='],
        pattern: new RegExp(`AccountKey=(?<secret>[${base64}]{86}==)`, 'g'),
        // The emulator's own, in its documentation and everywhere.
        known: ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='],
        entropy: 4.5,
    },
    token('azure-client-secret', 'a client secret of Azure', ['Q~'], '[\\w.~-]{3}\\dQ~[\\w.~-]{31,34}', { entropy: 4 }),
    token('huggingface-token', 'a token of Hugging Face', ['hf_', 'api_org_'], '(?:hf_|api_org_)[A-Za-z0-9]{34,40}', {
        // For the sandbox of its own tests, in each copy of transformers (testing_utils.py). In two, for scanners of this repository.
        known: [['hf', '94wBhPGp6KrrTH3KDchhKpRxZwd6dmHWLL'].join('_')],
        entropy: 3.5,
    }),
    token('openai-key', 'an API key of OpenAI', ['T3BlbkFJ'], 'sk-(?:[a-z]+-)?[\\w-]{20,100}T3BlbkFJ[\\w-]{20,100}'),
    token('anthropic-key', 'an API key of Anthropic', ['sk-ant-'], 'sk-ant-[a-z]+\\d\\d-[\\w-]{80,120}'),
    token('replicate-token', 'a token of Replicate', ['r8_'], 'r8_[A-Za-z0-9]{37}', { entropy: 3.5 }),
    token('groq-key', 'an API key of Groq', ['gsk_'], 'gsk_[A-Za-z0-9]{52}', { entropy: 3.5 }),
    token('nvidia-key', 'an API key of NVIDIA', ['nvapi-'], 'nvapi-[\\w-]{60,70}', { entropy: 4 }),
    token('langsmith-key', 'an API key of LangSmith', ['lsv2_'], 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}'),
    token('databricks-token', 'a token of Databricks', ['dapi'], 'dapi[a-f0-9]{32}(?:-\\d)?'),
    token('wandb-key', 'an API key of Weights & Biases', ['wandb_v1_'], 'wandb_v1_[\\w-]{60,90}'),
    token('npm-token', 'a token of npm', ['npm_'], 'npm_[A-Za-z0-9]{36}', { entropy: 3.5 }),
    token('pypi-token', 'a token of PyPI', ['pypi-AgE'], 'pypi-AgE[\\w-]{50,}'),
    token('docker-hub-token', 'a token of Docker Hub', ['dckr_pat_', 'dckr_oat_'], 'dckr_[po]at_[\\w-]{27,}'),
    token('stripe-key', 'a live key of Stripe', ['k_live_'], '[sr]k_live_[A-Za-z0-9]{20,}'),
    token('sendgrid-key', 'an API key of SendGrid', ['SG.'], 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
    token('digitalocean-token', 'a token of DigitalOcean', ['_v1_'], 'do[opr]_v1_[a-f0-9]{64}'),
    token('vault-token', 'a token of Vault', ['hvs.', 'hvb.'], 'hv[sb]\\.[\\w-]{80,}', { entropy: 4 }),
    token('grafana-token', 'a token of Grafana', ['glsa_', 'glc_'], '(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{60,})', {
        entropy: 3.5,
    }),
    {
        id: 'url-password',
        what: 'an address with a password',
        literals: ['://'],
        pattern: /\b(?:https?|ftps?|ssh|git|postgres(?:ql)?(?:\+\w+)?|mysql(?:\+\w+)?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|nats|snowflake):\/\/(?<name>[^\s:/@"'`<>{}|]{0,80}):(?<secret>[^\s:/@"'`<>{}|\\]{8,200})@(?!(?:localhost|127\.0\.0\.1|\[::1\]|host|hostname|server|example)\b|[\w.-]*example\.)[\w[][\w.-]*/g,
        loose: true,
        entropy: 2.5,
        holds: (secret, user) => secret !== user && /[\dA-Z%]/.test(secret) && !(0,placeholder/* isPlaceholder */.w)(decoded(secret)),
    },
    {
        id: 'json-web-token',
        what: 'a JSON web token',
        literals: ['eyJ'],
        pattern: /(?<![\w.-])(?<secret>eyJ[\w-]{15,2000}\.eyJ[\w-]{15,4000}\.[\w-]{20,1000})(?![\w.-])/g,
        weight: 'advice',
        loose: true,
    },
];
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/inspect/leaks/rules.js


/** The job's own secret values, which are no pattern; and variables that give a secret in configuration and history. */
const ownRules = {
    'job-secret': 'a secret of this job',
    'secret-variable': 'a secret in a variable',
};
/** All rules with a pattern. Of two that find the same, the first is told: what a file is says more than what stands in it. */
const rules = [...fileRules, ...tokenRules];
/** The ids there are, for `leak-ignore` and the docs. */
const ruleIds = [...Object.keys(ownRules), ...rules.map(({ id }) => id)];


/***/ }),

/***/ 3750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ givesSecret)
/* harmony export */ });
/* harmony import */ var _placeholder_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63226);

/** Names whose last word says that the value is secret; after BuildKit's check SecretsUsedInArgOrEnv, which takes any word. */
const secretName = /(?:^|[_.-])(?:pass(?:word|wd|phrase)|pword|secret|token|api[_-]?key|(?:access|secret|private|auth|encryption|signing|account|session|master)[_-]?key|credentials?)\d*$|[_.-](?:pass|pwd)\d*$/i;
/** A key may be anything: its value decides. */
const keyName = /(?:^|[_.-])key\d*$/i;
const publicName = /(?:^|[_.-])(?:public|pub|gpg|pgp|fingerprint|cache|primary|foreign|partition|sort|index|publishable|no|pad|eos|bos|unk|sep|cls|mask|stop)[_.-]/i;
/** Whether a variable of this name is meant to hold a secret. */
function isSecretName(name) {
    return secretName.test(name) && !publicName.test(name);
}
const plainWords = /^[A-Za-z]+(?:[ _.:/-][A-Za-z]+)*$/;
const path = /^(?:[.~]{0,2}|[A-Za-z]:|\$\w+)?(?:[/\\][\w.@ -]+)+[/\\]?$/;
const number = /^[\d.,:_-]{1,11}$/;
const reference = /^(?:[a-z][a-z0-9+.-]*:\/\/|arn:|projects\/|op:\/\/|vault:|secret:|env:|file:|sm:\/\/|\$|%|\{\{|<)/i;
/** Whether a value can be a secret: no word, path, number, address or placeholder. */
function isSecretValue(value) {
    if (value.length < 6 || value.length > 4096 || (0,_placeholder_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlaceholder */ .w)(value))
        return false;
    if (plainWords.test(value) || number.test(value) || reference.test(value))
        return false;
    return !(path.test(value) && (0,_placeholder_js__WEBPACK_IMPORTED_MODULE_0__/* .entropyOf */ .J)(value) < 4.5) && (0,_placeholder_js__WEBPACK_IMPORTED_MODULE_0__/* .entropyOf */ .J)(value) >= 2.3;
}
/** Whether `name=value` gives a secret away. */
function givesSecret(name, value) {
    if (isSecretName(name))
        return isSecretValue(value);
    const random = value.length >= 20 && /\d/.test(value) && /[A-Za-z]/.test(value) && (0,_placeholder_js__WEBPACK_IMPORTED_MODULE_0__/* .entropyOf */ .J)(value) >= 3.3;
    return keyName.test(name) && !publicName.test(name) && random && /^[\w+/=.~-]+$/.test(value) && isSecretValue(value);
}


/***/ }),

/***/ 98245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  mw: () => (/* binding */ broken),
  kA: () => (/* binding */ keepReport),
  iW: () => (/* binding */ main),
  TR: () => (/* binding */ refuse)
});

// EXTERNAL MODULE: ./lib/attest/possible.js
var possible = __nccwpck_require__(81294);
// EXTERNAL MODULE: ./lib/errors.js + 1 modules
var errors = __nccwpck_require__(2521);
// EXTERNAL MODULE: ./lib/host/environment.js
var environment = __nccwpck_require__(48647);
// EXTERNAL MODULE: ./lib/host/secret-forms.js
var secret_forms = __nccwpck_require__(96546);
;// CONCATENATED MODULE: ./lib/inputs/hide-secrets.js

/** A variable that is called like a credential: `HF_TOKEN`, and not `MAX_TOKENS` or `TOKENIZER`; nor one that says where it is. */
const credential = /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY)(_|$)/i;
const whereabouts = /_(URL|URI|FILE|PATH|DIR|NAME|ID|ARN)$/i;
/** What is guessed to be a secret by its name alone is not hidden when it is shorter (characters): it may be a word. */
const shortestGuess = 8;
/** Files of secrets are small. */
const largestFile = 64 << 10;
const guessed = (variables) => Object.entries(variables).flatMap(([name, value]) => value !== undefined && value.length >= shortestGuess && credential.test(name) && !whereabouts.test(name) ? [{ of: name, value }] : []);
/** An address tells something only when it lets one in. */
const tells = (word) => word.length >= shortestGuess && (!/^https?:\/\//.test(word) || word.includes('@'));
/** A file's lines, and the last word of each: `password s3cret`, `token = s3cret`. */
function inFile(id, text) {
    const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    const words = lines.map((line) => line.split(/[\s=]+/).at(-1) ?? '');
    return [...lines, ...words].filter(tells).map((value) => ({ of: `secret-files: ${id}`, value }));
}
/** The secrets that were given, those in the job's own variables, and what is called like one in those for tests and container. */
function secretValues({ credentials, build, test, smoke }, job, readText) {
    const given = { password: credentials.password, 'github-token': credentials.githubToken };
    const variables = [test.env, smoke.env, build.args];
    return [
        ...Object.entries(given).flatMap(([of, value]) => (value ? [{ of, value }] : [])),
        ...build.options.secrets.flatMap((secret) => secret.kind === 'value'
            ? [{ of: `secrets: ${secret.id}`, value: secret.value }]
            : inFile(secret.id, readText(secret.path)?.slice(0, largestFile) ?? '')),
        ...[job, ...variables].flatMap(guessed),
    ];
}
/** Has them masked; one that is too short for it is told of, by the name of its input. */
function hideSecrets(host, inputs, notice) {
    for (const { of, value } of secretValues(inputs, host.env, host.files.readText)) {
        if (value.length < secret_forms/* shortestSecret */.bs)
            notice(`${of} has ${value.length} characters, too few to be masked: it may be read in the log.`);
        else
            host.hide(value);
    }
}

// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs_inputs = __nccwpck_require__(78864);
// EXTERNAL MODULE: ./lib/inputs/read.js + 13 modules
var read = __nccwpck_require__(34814);
// EXTERNAL MODULE: ./lib/inputs/read-registry-auth.js
var read_registry_auth = __nccwpck_require__(44028);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
// EXTERNAL MODULE: ./lib/smoke/samples/found.js
var samples_found = __nccwpck_require__(89641);
// EXTERNAL MODULE: ./lib/smoke/samples/read-text.js
var read_text = __nccwpck_require__(41537);
// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __nccwpck_require__(34170);
;// CONCATENATED MODULE: ./lib/inputs/sample-libraries.js





/** Files that will be read as samples: those given, else the one that is found. */
function filesOf(given, { files, workspace }) {
    const text = (name) => given.get(name)?.trim() ?? '';
    const folder = (0,external_node_path_.resolve)(workspace, text('working-directory') || text('context') || '.');
    if (text('samples') !== '')
        return (0,parse/* parseItems */.mo)(text('samples')).map((name) => (0,external_node_path_.resolve)(folder, name.replace(/^@/, '')));
    const found = text('predict-body') === '' ? (0,samples_found/* findSamplesFile */.Z)(folder, files) : undefined;
    return found === undefined ? [] : [(0,external_node_path_.resolve)(folder, found)];
}
/** The libraries for the samples of a run whose inputs were not read yet. */
async function loadSampleLibraries(given, around) {
    const paths = filesOf(given, around);
    const hasSchema = paths.some((path) => /["']?schema["']?\s*:/.test(around.files.readText(path) ?? ''));
    const [yaml, schemas] = await Promise.all([
        paths.some(read_text/* isYaml */.uj) ? __nccwpck_require__.e(/* import() */ 8815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 38815, 19)) : undefined,
        hasSchema ? __nccwpck_require__.e(/* import() */ 5370).then(__nccwpck_require__.bind(__nccwpck_require__, 65370)).then(({ loadSchemaJudge }) => loadSchemaJudge()) : undefined,
    ]);
    const check = (schema) => {
        try {
            schemas?.(schema, null);
        }
        catch (error) {
            throw new parse/* Invalid */.WO(`is no JSON Schema (${(0,errors/* messageOf */.bD)(error)})`);
        }
    };
    return {
        ...(yaml ? { parseYaml: (text) => yaml.parse(text, { maxAliasCount: 100, logLevel: 'error' }) } : {}),
        ...(schemas ? { checkSchema: check } : {}),
    };
}

// EXTERNAL MODULE: ./lib/model/facts.js
var facts = __nccwpck_require__(72910);
// EXTERNAL MODULE: ./lib/model/read.js + 5 modules
var model_read = __nccwpck_require__(66583);
// EXTERNAL MODULE: ./lib/model/with-metrics.js
var with_metrics = __nccwpck_require__(89921);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __nccwpck_require__(5077);
// EXTERNAL MODULE: ./lib/plan/clock.js
var clock = __nccwpck_require__(36741);
// EXTERNAL MODULE: ./lib/build/argv.js
var argv = __nccwpck_require__(27080);
// EXTERNAL MODULE: ./lib/build/bake.js
var bake = __nccwpck_require__(18839);
// EXTERNAL MODULE: ./lib/build/cache/choose.js
var choose = __nccwpck_require__(38284);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var dockerfile = __nccwpck_require__(45168);
// EXTERNAL MODULE: ./lib/publish/push-argv.js
var push_argv = __nccwpck_require__(28514);
// EXTERNAL MODULE: ./lib/smoke/address.js
var address = __nccwpck_require__(61861);
// EXTERNAL MODULE: ./lib/smoke/candidates.js
var candidates = __nccwpck_require__(61007);
// EXTERNAL MODULE: ./lib/smoke/container.js
var container = __nccwpck_require__(23378);
// EXTERNAL MODULE: ./lib/smoke/contract.js + 1 modules
var smoke_contract = __nccwpck_require__(63511);
// EXTERNAL MODULE: ./lib/smoke/samples-of.js
var samples_of = __nccwpck_require__(58830);
// EXTERNAL MODULE: ./lib/test/command.js
var test_command = __nccwpck_require__(52729);
// EXTERNAL MODULE: ./lib/test/environment.js
var test_environment = __nccwpck_require__(68225);
// EXTERNAL MODULE: ./lib/test/python.js
var test_python = __nccwpck_require__(99720);
// EXTERNAL MODULE: ./lib/test/requirements.js + 1 modules
var test_requirements = __nccwpck_require__(23589);
;// CONCATENATED MODULE: ./lib/test/planned-install.js



function sourcesOf(requirements) {
    switch (requirements.kind) {
        case 'files':
            return requirements.files.flatMap((file) => ['-r', file]);
        case 'lines':
        case 'uv-lock':
            return ['-r', 'REQUIREMENTS'];
        case 'project':
            return [(0,test_environment/* packageSource */.iJ)(requirements.extras), ...(requirements.lines.length > 0 ? ['-r', 'REQUIREMENTS'] : [])];
        case 'unsupported':
        case 'job':
        case 'none':
            return [];
    }
}
/**
 * The commands that would make the environment of tests on this machine, as far as files tell; none where the job's own
 * is used. With uv: that it can be had is seen only by a run.
 */
function plannedInstall(host, { test, build, workingDirectory }) {
    const requirements = (0,test_requirements/* findRequirements */.o)(host.files, workingDirectory, test.requirements);
    if (!test.run || test.place.kind !== 'runner' || requirements.kind === 'job')
        return [];
    const python = (0,test_python/* wantedPython */.u2)(host, workingDirectory, test.pythonVersion, build)?.version ?? 'python3';
    return [(0,test_environment/* venvCommand */.bl)('uv', { python, managed: true }, 'VENV'), (0,test_environment/* installCommand */.Je)('uv', 'VENV', [...sourcesOf(requirements), ...test_environment/* testPackages */.cH])];
}

// EXTERNAL MODULE: ./lib/plan/access.js
var plan_access = __nccwpck_require__(92249);
;// CONCATENATED MODULE: ./lib/plan/elide.js

const elide_hidden = '***';
/** `NAME=VALUE` without the value; `NAME` alone has none. */
function withoutValue(word) {
    const at = word.indexOf('=');
    return at < 0 ? word : `${word.slice(0, at)}=${elide_hidden}`;
}
/** A text without the secrets that are known. */
function elideText(text, secrets) {
    return secrets.filter((secret) => secret.length > 3).reduce((shown, secret) => shown.replaceAll(secret, elide_hidden), text);
}
/**
 * A docker command that can be shown: without the values of a container's variables, which may all be secret, of build
 * arguments whose name says that they are, and without the secrets that are known.
 */
function elideArgv(argv, secrets) {
    return argv.map((word, index) => {
        const before = argv[index - 1];
        if (before === '--env' || before === '-e')
            return withoutValue(word);
        const joined = /^(--env=|-e=?)([A-Za-z_].*)$/s.exec(word);
        if (joined)
            return `${joined[1]}${withoutValue(joined[2] ?? '')}`;
        if (before === '--build-arg' && (0,environment/* looksSecret */.n0)(word.split('=')[0] ?? ''))
            return withoutValue(word);
        return elideText(word, secrets);
    });
}

;// CONCATENATED MODULE: ./lib/plan/dry-run.js
















/** A request body is shown to this length. */
const longestBody = 200;
function plannedQuality(inputs, file) {
    const { test, quality } = inputs;
    const tested = test.run && test.place.kind === 'runner';
    const inWorkspace = tested && test.first ? 'after the tests' : tested ? 'when it is there, before or after the tests' : 'before the build';
    return {
        file: (0,inputs_inputs/* placeText */.Z9)(file),
        when: file.kind === 'image' ? 'after the build' : inWorkspace,
        require: quality.requirements.map(({ text }) => text),
    };
}
/** The commands are those of an engine with the containerd image store, and of uv. Reads files, runs nothing, asks nobody. */
function dryRun(host, inputs, plan) {
    const { build, test, smoke, credentials } = inputs;
    const secrets = (0,inputs_inputs/* secretsGiven */.Rz)(credentials);
    const request = {
        build,
        labels: plan.labels,
        annotations: plan.annotations,
        builder: build.options.builder ?? 'default',
        store: 'containerd',
        cache: (0,choose/* chooseCache */.e3)(inputs, plan.event, { store: 'containerd', near: true }, host.env, host.now()).cache,
        rewritesTimes: (0,clock/* clockOf */.i)(host.env['SOURCE_DATE_EPOCH']) !== undefined,
        localName: 'ml-image-action/run:RUN',
        metadataFile: 'METADATA',
        ...(build.options.builder === undefined ? {} : { layoutFolder: 'LAYOUT' }),
    };
    const asStage = test.run && test.place.kind === 'target';
    const where = { runner: 'on this machine', image: 'in a container of the image', target: 'as a stage of the Dockerfile' }[test.place.kind];
    const when = { runner: test.first ? 'before the build' : 'beside the build', image: 'after the build', target: 'with the build' }[test.place.kind];
    const command = test.place.kind === 'target' ? [test.place.stage] : (0,test_command/* testArgv */.vU)(test.command, 'python');
    const contract = (0,smoke_contract/* expectService */.dn)(smoke, {
        exposedPorts: (0,dockerfile/* exposedPorts */.LZ)(build.dockerfile, build.args),
        command: (0,dockerfile/* commandWords */.Bl)(build.dockerfile),
        workingDirectory: '/',
        env: {},
        labels: {},
    });
    const checks = contract.checks.length > 0 ? contract.checks.map(({ path }) => path) : contract.http ? [candidates/* usualPaths */.Z.join(', ')] : [];
    const predict = (0,samples_of/* samplesOf */.lc)(smoke, contract.predict.path).map((sample) => (0,samples_of/* requestText */.T9)(sample, longestBody));
    return {
        test: test.run ? { install: plannedInstall(host, inputs), argv: elideArgv(command, secrets), where, when } : { skipped: 'test: false' },
        build: inputs.from
            ? { argv: [], from: (0,inputs_inputs/* fromText */.IK)(inputs.from) }
            : { argv: elideArgv(asStage ? (0,bake/* bakeArgv */.k)(request, 'DEFINITION') : (0,argv/* buildArgv */.v$)(request), secrets) },
        smoke: smoke.run
            ? {
                argv: elideArgv(startArgv(smoke, contract), secrets),
                requests: [...checks.map((path) => `GET ${path}`), ...predict].map((text) => elideText(text, secrets)),
            }
            : { skipped: 'smoke: false' },
        ...(inputs.quality.file ? { quality: plannedQuality(inputs, inputs.quality.file) } : {}),
        ...(smoke.gateCommand === undefined ? {} : { gate: elideText(smoke.gateCommand, secrets) }),
        push: plan.push,
        carry: (0,push_argv/* pushArgv */.d)('127.0.0.1:PORT/DOOR:RUN'),
        references: plan.references,
        logins: Object.fromEntries([...plan.access].map(([registry, access]) => [registry, (0,plan_access/* accessText */.cd)(access)])),
    };
}
/** What starts the image: docker, or docker compose with what it makes of the user's files. */
function startArgv(smoke, contract) {
    if (!smoke.compose)
        return (0,container/* runArgv */.my)('RUN', 'sha256:BUILT', contract, smoke, undefined, smoke.offline ? { kind: 'network', network: 'OFFLINE' } : address/* loopback */.uC);
    const { files, service = 'SERVICE' } = smoke.compose;
    return ['docker', 'compose', '--project-name', 'ml-image-RUN', ...files.flatMap((file) => ['--file', file]), 'up', '--detach', service];
}
const quoted = (argv) => argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
/** The same for people. */
function dryRunText({ test, build, smoke, quality, gate, push, carry, references, logins }) {
    return [
        'Dry run: nothing is run, built or pushed.',
        ...('skipped' in test
            ? [`test    skipped (${test.skipped})`]
            : [...test.install.map((argv) => `install ${quoted(argv)}`), `test    ${quoted(test.argv)}, ${test.where}, ${test.when}`]),
        build.from !== undefined ? `take    ${build.from}` : `build   ${quoted(build.argv)}`,
        ...('skipped' in smoke
            ? [`smoke   skipped (${smoke.skipped})`]
            : [`smoke   ${quoted(smoke.argv)}`, `        ${smoke.requests.join(', ')}`]),
        ...(quality ? [`quality ${quality.file}, ${quality.when}`, ...quality.require.map((line) => `        ${line}`)] : []),
        ...(gate === undefined ? [] : [`gate    ${gate.split('\n').join('\n        ')}`]),
        ...(push.push
            ? [
                ...Object.entries(logins).map(([registry, login]) => `login   ${registry} ${login}`),
                `publish ${quoted(carry)}, to every registry; ${push.only ? 'no tag' : 'then its tags:'}`,
                ...(push.only ? [] : references).map((reference) => `        ${reference}`),
            ]
            : push.layout
                ? [`publish nothing, but into the folder ${push.layout.given}`]
                : [`publish nothing: ${push.reason}`]),
    ].join('\n');
}

// EXTERNAL MODULE: ./lib/plan/event.js
var plan_event = __nccwpck_require__(77627);
// EXTERNAL MODULE: ./lib/plan/git.js
var plan_git = __nccwpck_require__(28163);
// EXTERNAL MODULE: ./lib/plan/git-event.js
var git_event = __nccwpck_require__(79818);
// EXTERNAL MODULE: ./lib/plan/labels/own.js
var own = __nccwpck_require__(35595);
// EXTERNAL MODULE: ./lib/plan/plan.js + 2 modules
var plan_plan = __nccwpck_require__(44907);
// EXTERNAL MODULE: ./lib/plan/tags/facts.js
var tags_facts = __nccwpck_require__(52110);
// EXTERNAL MODULE: ./lib/plan/tags/libraries.js
var tags_libraries = __nccwpck_require__(29574);
// EXTERNAL MODULE: ./lib/plan/tags.js + 2 modules
var tags = __nccwpck_require__(45338);
;// CONCATENATED MODULE: ./lib/promote/chance.js
const run = (reason) => (reason === undefined ? { kind: 'run' } : { kind: 'run', reason });
/**
 * Events whose code has, as a rule, been published by a run before: no other waits for the answer of a registry. A pull
 * request that is merged has where `push: true` publishes those, too.
 */
function isSecond({ name, ref, merged, tree }, push, attempt) {
    if (name === 'release')
        return true;
    const fromPull = push === 'true' && merged !== undefined && tree !== undefined;
    return name === 'push' && (ref.kind === 'tag' || attempt > 1 || fromPull);
}
/** @param attempt GITHUB_RUN_ATTEMPT; a re-run has more than 1 */
function chanceOf({ promote, push: asked, from, build, smoke, attest }, { event, push }, attempt) {
    if (event.source !== 'github' || !push.push || push.only || from || smoke.record !== undefined)
        return run();
    if (!isSecond(event, asked, attempt))
        return run();
    if (promote === 'off')
        return run('promote is off');
    const { noCache, noCacheFilters, pull } = build.options;
    if (noCache || noCacheFilters.length > 0)
        return run('no-cache asks for a new image');
    if (pull)
        return run('pull asks for new base images');
    if (attest === 'required')
        return run('attest: required asks for statements of this run');
    return event.sha === '' ? run('the commit is not known') : { kind: 'ask' };
}

// EXTERNAL MODULE: ./lib/registry/hide.js
var hide = __nccwpck_require__(68151);
// EXTERNAL MODULE: ./lib/registry/job-config.js
var job_config = __nccwpck_require__(17027);
// EXTERNAL MODULE: ./lib/report/draft.js
var draft = __nccwpck_require__(78605);
// EXTERNAL MODULE: ./lib/report/file.js
var file = __nccwpck_require__(74146);
// EXTERNAL MODULE: ./lib/report/refusal.js
var report_refusal = __nccwpck_require__(26890);
// EXTERNAL MODULE: ./lib/report/report.js
var report_report = __nccwpck_require__(45650);
// EXTERNAL MODULE: ./lib/report/summary/early.js
var early = __nccwpck_require__(69682);
// EXTERNAL MODULE: ./lib/until-cancelled.js
var until_cancelled = __nccwpck_require__(94241);
;// CONCATENATED MODULE: ./lib/main.js































/** Problems with the inputs become one annotation, and nothing is run. */
function refuse(host, problems, summary) {
    const refusal = (0,report_refusal/* refusalOf */.O)(problems);
    const text = problems.map(inputs_inputs/* problemText */.fI).join('\n');
    host.annotate({ level: 'error', title: `ML image: ${(0,early/* problemCount */.b)(problems)}`, message: `${text}\n${errors/* failures */.e9['bad-input'].remedy}` });
    if (summary)
        host.summary((0,early.refusalMarkdown)(problems));
    (0,outputs/* setOutputs */.n)(host, { result: 'failed', 'failed-stage': 'inputs', 'failure-code': 'bad-input', pushed: 'false' });
    return { exitCode: errors/* exitCodes */.hS.input, refusal };
}
/** The one catch: whatever was thrown becomes a result, an annotation and outputs. */
function broken(host, error, summary) {
    const code = error instanceof errors/* ActionError */.lZ ? error.code : 'internal';
    const { kind, remedy } = errors/* failures */.e9[code];
    const detail = code === 'internal' && error instanceof Error ? `\n${error.stack ?? ''}` : '';
    host.annotate({ level: 'error', title: `ML image: ${code}`, message: `${(0,errors/* messageOf */.bD)(error)}\n${remedy}${detail}` });
    // `pushed` is said by the plan, and by the report once there is one.
    (0,outputs/* setOutputs */.n)(host, { result: 'failed', 'failed-stage': 'plan', 'failure-code': code });
    if (summary)
        host.summary((0,early.brokenMarkdown)(code, (0,errors/* messageOf */.bD)(error), remedy));
    (0,draft/* closeDraft */.W$)(host);
    return { exitCode: errors/* exitCodes */.hS[kind], refusal: (0,report_refusal/* brokenOf */.T)(error) };
}
/** @throws ActionError unsafe-checkout */
function refuseForeign(event, { accept }) {
    if (!event.foreignCode || accept.has('unsafe-pr-checkout'))
        return;
    const about = event.origin === 'fork' ? 'is about code from a fork' : 'may be about code from a fork';
    throw new errors/* ActionError */.lZ('unsafe-checkout', `${event.name} runs with the rights of this repository, and ${about}.`);
}
/** Most runs comment on nothing, and load nothing of it. */
async function openComment(host, inputs, plan, cancel) {
    if (inputs.comment.when === 'off')
        return undefined;
    return (await Promise.all(/* import() */[__nccwpck_require__.e(5768), __nccwpck_require__.e(1729)]).then(__nccwpck_require__.bind(__nccwpck_require__, 21729))).openComment(host, inputs, plan, cancel);
}
/** The time of the commit from the API, where an expression asks for it and neither the payload nor git has it. */
async function askCommitTime(host, inputs, event, local) {
    const token = inputs.credentials.githubToken;
    const sha = (0,tags_facts/* factsOf */.xS)(event, inputs.settings, 0, 'user').sha;
    const told = { ...local, ...event.context.commitTimes }[sha];
    if (!(0,tags_libraries/* asksForCommitDate */.jk)(inputs) || told !== undefined || !token || event.source !== 'github' || !event.repository || sha === '')
        return {};
    const time = await host.commitTime(event.repository, sha, token);
    return time === undefined ? {} : { [sha]: time };
}
/**
 * Reads, plans, runs and reports; never throws. With `record` answers are not judged but written to that samples file,
 * from the workspace.
 */
async function main(host, given, event, cancel, record) {
    return keepReport(host, given, await walk(host, given, event, cancel, record));
}
/** Writes report-file, whatever became of the run. */
function keepReport(host, given, result) {
    const document = result.report ?? result.refusal;
    const path = document && (0,file/* writeReport */.u5)(host, given, document);
    if (path !== undefined)
        (0,outputs/* setOutputs */.n)(host, { report: path });
    return result;
}
async function walk(host, given, event, cancel, record) {
    try {
        (0,hide/* hideGiven */.A)(host, given);
        const templateFault = await (0,tags_libraries/* loadTemplateCheck */.zp)(['tags', 'flavor', 'labels', 'annotations'].map((name) => given.get(name) ?? ''));
        const libraries = { ...(await loadSampleLibraries(given, host)), ...(await (0,read_registry_auth/* loadAuthParser */.k)(given)) };
        const reading = (0,read/* readInputs */.K)(given, event, { ...host, templateFault, ...libraries });
        if (reading.kind === 'problems')
            return refuse(host, reading.problems, given.get('summary') !== 'false');
        const inputs = record === undefined ? reading.inputs : { ...reading.inputs, smoke: { ...reading.inputs.smoke, record } };
        hideSecrets(host, inputs, host.log.notice);
        (0,hide/* hideLogins */.v)(host, inputs, event);
        refuseForeign(event, inputs);
        const env = (0,environment/* childEnvironment */.Qc)('code', host.env);
        const token = inputs.credentials.githubToken;
        // Processes take their time: git is asked only for what the payload does not say.
        const allTold = event.defaultBranch !== undefined && event.committed !== undefined;
        const asks = token && event.source === 'github' && event.repository && !(event.defaultBranch && event.about);
        const notAskedGit = {};
        const notAskedGitHub = {};
        const asking = Promise.all([
            allTold ? notAskedGit : (0,plan_git/* gitFacts */.g)(host, inputs.workingDirectory, env),
            asks ? host.repository(event.repository, token) : notAskedGitHub,
            // What the tests may make is read when they have made it.
            (0,own/* testsComeFirst */.Y9)(inputs) || inputs.from
                ? facts/* nothingKnown */.H
                : (0,model_read/* readModel */.ko)(host, inputs.build, env).then((known) => (0,with_metrics/* withMetrics */.m)(host, inputs, known)),
        ]);
        const [git, repository, model] = await (0,until_cancelled/* untilCancelled */.c)(cancel, asking);
        const local = git.sha && git.committed ? { [git.sha]: git.committed } : {};
        const whole = (0,plan_event/* completeEvent */.id)(event, {
            defaultBranch: git.originHead ?? repository.defaultBranch,
            committed: (0,git_event/* committedTime */.C)(event, git),
            about: repository.about,
            checkedOut: git.sha,
            tree: git.tree,
            commitTimes: { ...(await (0,until_cancelled/* untilCancelled */.c)(cancel, askCommitTime(host, inputs, event, local))), ...local },
        });
        refuseForeign(whole, inputs);
        const dockerConfig = (0,job_config/* readJobConfig */.m)(host, inputs.images);
        const epoch = host.env['SOURCE_DATE_EPOCH'];
        const tools = { libraries: await (0,tags_libraries/* loadLibraries */.k5)({ ...inputs, tags: (0,tags/* rulesOf */.fD)(inputs.tags) }, whole), now: (0,clock/* clockOf */.i)(epoch) ?? host.now() };
        const planning = (0,plan_plan/* makePlan */.C)(inputs, whole, dockerConfig, epoch, tools, model);
        if (planning.kind === 'problems')
            return refuse(host, planning.problems, inputs.summary);
        const { plan } = planning;
        const unsigned = (0,possible/* missingToAttest */.p)(inputs.attest, plan.push, whole, host.env, token);
        if (unsigned && inputs.attest === 'required' && !inputs.dryRun)
            return refuse(host, [unsigned], inputs.summary);
        if (unsigned)
            host.log.warning(`Nothing will be attested. ${(0,inputs_inputs/* problemText */.fI)(unsigned)}.`);
        for (const notice of plan.notices)
            host.log.notice(notice);
        host.log.line(plan.push.only ? 'Tags: none, a merge sets them.' : `Tags: ${plan.references.join(', ') || 'none'}`);
        host.log.line(plan.push.push ? `Push: yes, when the gates are green (${plan.push.reason}).` : `Push: no (${plan.push.reason}).`);
        (0,model_read/* tellModel */.P_)(host, model);
        if (inputs.dryRun) {
            const dry = dryRun(host, inputs, plan);
            (0,outputs/* tellPlan */.f)(host, inputs, plan);
            (0,outputs/* setOutputs */.n)(host, { plan: JSON.stringify(dry), result: 'passed' });
            host.log.line(dryRunText(dry));
            return { exitCode: errors/* exitCodes */.hS.passed, rehearsal: { version: report_report/* reportVersion */.fV, result: 'passed', plan: dry } };
        }
        const comment = await openComment(host, inputs, plan, cancel);
        const chance = chanceOf(inputs, plan, Number(host.env['GITHUB_RUN_ATTEMPT'] ?? 1));
        if (chance.kind === 'ask') {
            const { promoteImage } = await Promise.all(/* import() */[__nccwpck_require__.e(5768), __nccwpck_require__.e(5704), __nccwpck_require__.e(433)]).then(__nccwpck_require__.bind(__nccwpck_require__, 60433));
            const promoted = await promoteImage(host, inputs, plan, model.files, cancel);
            if (promoted)
                return await (await Promise.all(/* import() */[__nccwpck_require__.e(8079), __nccwpck_require__.e(5728)]).then(__nccwpck_require__.bind(__nccwpck_require__, 70390))).tell(host, promoted, inputs.summary, comment);
        }
        else if (chance.reason !== undefined)
            host.log.line(`Not promoted: ${chance.reason}.`);
        const { compose, env: runEnv, run: smokes } = inputs.smoke;
        const clientEnv = (0,environment/* childEnvironment */.Qc)('engine', host.env);
        const stack = smokes && compose && (await (await __nccwpck_require__.e(/* import() */ 2643).then(__nccwpck_require__.bind(__nccwpck_require__, 22643))).readStack(host, compose, runEnv, clientEnv));
        if (stack && stack.kind === 'problems')
            return refuse(host, stack.problems, inputs.summary);
        // Bad input and a dry run, which nobody wants to wait for, need nothing of it.
        const [{ run }, { tell }] = await Promise.all([Promise.all(/* import() */[__nccwpck_require__.e(1143), __nccwpck_require__.e(5768), __nccwpck_require__.e(5704), __nccwpck_require__.e(7355)]).then(__nccwpck_require__.bind(__nccwpck_require__, 87355)), Promise.all(/* import() */[__nccwpck_require__.e(8079), __nccwpck_require__.e(5728)]).then(__nccwpck_require__.bind(__nccwpck_require__, 70390))]);
        const report = await run(host, inputs, plan, dockerConfig, cancel, stack ? stack.stack : undefined);
        return await tell(host, report, inputs.summary, comment);
    }
    catch (error) {
        return broken(host, error, given.get('summary') !== 'false');
    }
}


/***/ }),

/***/ 95370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ artefactFiles),
/* harmony export */   i: () => (/* binding */ isModelFile)
/* harmony export */ });
/** Names of files that hold a model, or a part of one. */
const suffixes = [
    ...['joblib', 'pkl', 'pickle', 'skops', 'pmml', 'bst', 'ubj', 'cbm'],
    ...['pt', 'pth', 'ckpt', 'safetensors', 'mar', 'gguf', 'nemo', 'pdmodel', 'pdiparams'],
    ...['h5', 'keras', 'tflite', 'onnx', 'onnx_data', 'onnx\\.data', 'mlmodel', 'plan', 'engine'],
];
const modelFile = new RegExp(`\\.(${suffixes.join('|')})$`);
const weights = /^(model|pytorch_model|tf_model|diffusion_pytorch_model)[\w-]*\.(safetensors|bin|h5)$/;
const partsBesideWeights = /^(config\.json|.*\.index\.json)$/;
/** What lies there is for the tests, whatever it is. */
const forTests = /(^|\/)(tests?|testing|testdata|fixtures)\//;
/** Whether a file is a model by its name. */
function isModelFile(path) {
    return modelFile.test(path);
}
const folderOf = (path) => path.slice(0, path.lastIndexOf('/') + 1);
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
/** Folders that are a model as a whole: of MLflow, and TensorFlow's SavedModel. Each ends with `/`; the context itself is ''. */
function modelFolders(paths) {
    return paths.filter((path) => ['MLmodel', 'saved_model.pb'].includes(nameOf(path))).map(folderOf);
}
/**
 * Of the files of a build context those that are a model: by suffix; all of a folder that is one; weights of
 * transformers with their configuration. A context that is itself such a folder counts by its own files alone.
 */
function artefactFiles(paths) {
    const candidates = paths.filter((path) => !forTests.test(path));
    const folders = modelFolders(candidates);
    const whole = folders.filter((folder) => folder !== '');
    const withConfig = new Set(candidates.filter((path) => nameOf(path) === 'config.json').map(folderOf));
    const transformers = new Set(candidates.filter((path) => weights.test(nameOf(path)) && withConfig.has(folderOf(path))).map(folderOf));
    return candidates.filter((path) => {
        const folder = folderOf(path);
        const name = nameOf(path);
        return (modelFile.test(path) ||
            whole.some((one) => path.startsWith(one)) ||
            (folders.includes('') && (name === 'MLmodel' || name === 'saved_model.pb') && folder === '') ||
            (transformers.has(folder) && (weights.test(name) || partsBesideWeights.test(name))));
    });
}


/***/ }),

/***/ 31197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kf: () => (/* binding */ commandsOf),
/* harmony export */   Qn: () => (/* binding */ variableOf),
/* harmony export */   XQ: () => (/* binding */ readRecipe),
/* harmony export */   lS: () => (/* binding */ copiesOf)
/* harmony export */ });
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(45168);

/** The stages of a Dockerfile with their instructions. */
function blocksOf(dockerfile) {
    const blocks = [];
    for (const line of (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .instructions */ .GA)(dockerfile)) {
        const [, base, name] = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
        if (base !== undefined)
            blocks.push({ base, ...(name === undefined ? {} : { name }), lines: [] });
        else
            blocks.at(-1)?.lines.push(line);
    }
    return blocks;
}
const copiedFrom = (line) => /^COPY\s(?:.*\s)?--from=(\S+)/i.exec(line)?.[1];
/** Takes a Dockerfile apart: stages that the target has nothing from are left out. */
function readRecipe(dockerfile, target, args) {
    const values = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .argumentValues */ .Qp)(dockerfile, args);
    const blocks = blocksOf(dockerfile);
    const earlier = (name, block) => (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .findStage */ .U9)(blocks.slice(0, blocks.indexOf(block)), (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(name, values));
    const chain = [];
    for (let block = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .findStage */ .U9)(blocks, target); block; block = earlier(block.base, block))
        chain.unshift(block);
    const wanted = new Set();
    const want = (block) => {
        if (!block || wanted.has(block))
            return;
        wanted.add(block);
        for (const name of [block.base, ...block.lines.flatMap((line) => copiedFrom(line) ?? [])])
            want(earlier(name, block));
    };
    want(chain.at(-1));
    return {
        all: blocks.filter((block) => wanted.has(block)).flatMap(({ lines }) => lines),
        inherited: chain.flatMap(({ lines }) => lines),
        values,
    };
}
const pair = /(\w+)=(?:"([^"]*)"|'([^']*)'|(\S+))/g;
/** The RUN instructions, with the variables put in that ARG and ENV set before them or elsewhere. */
function commandsOf({ all, values }) {
    const set = all
        .filter((line) => /^ENV\s/i.test(line))
        .flatMap((line) => [...line.matchAll(pair)].map(([, name = '', ...forms]) => [name, forms.find((form) => form !== undefined) ?? '']));
    const known = { ...Object.fromEntries(set.map(([name, value]) => [name, (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(value, values)])), ...values };
    return all.filter((line) => /^RUN\s/i.test(line)).map((line) => (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(line, known));
}
/** What the image has in a variable: set for good (ENV), or else by an argument (ARG, build-args). */
function variableOf(name, { inherited, values }) {
    const last = inherited
        .filter((line) => /^ENV\s/i.test(line))
        .flatMap((line) => {
        const [match, ...forms] = new RegExp(`\\s${name}(?:=|\\s+)(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(line) ?? [];
        return match === undefined ? [] : [forms.find((form) => form !== undefined) ?? ''];
    })
        .at(-1);
    return (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(last ?? values[name] ?? '', values) || undefined;
}
/** The sources of a COPY or ADD that are in the build context, as patterns from its root; '' is all of it. */
function sourcesOf(line, values) {
    const [, rest] = /^(?:COPY|ADD)\s+(?:--\S+\s+)*(.+)$/i.exec(line) ?? [];
    if (rest === undefined || copiedFrom(line) !== undefined)
        return [];
    const words = rest.startsWith('[') ? [...rest.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word) : rest.split(/\s+/);
    return words
        .slice(0, -1)
        .map((word) => (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(word, values))
        .filter((word) => word !== '' && !/^(<<|https?:|git@|[a-z]+:\/\/)/.test(word))
        .map((word) => word.replace(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, ''));
}
/** Go's filepath.Match, and `**`: what matches a folder matches all in it. */
function matcher(pattern) {
    const source = pattern.replace(/\*\*|[*?]|\[[^\]]*\]|[^*?[]+|\[/g, (part) => {
        if (part === '**')
            return '.*';
        if (part === '*')
            return '[^/]*';
        if (part === '?')
            return '[^/]';
        if (part.length > 2 && part.startsWith('['))
            return part.replace(/\\/g, '\\\\');
        return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    });
    return new RegExp(`^${source}(/|$)`);
}
/** Tells of a path in the build context whether COPY or ADD bring it into the image, or into a stage it comes from. */
function copiesOf({ all, values }) {
    const patterns = all.flatMap((line) => sourcesOf(line, values));
    if (patterns.includes(''))
        return () => true;
    const matchers = patterns.map(matcher);
    return (path) => matchers.some((match) => match.test(path));
}


/***/ }),

/***/ 72910:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ nothingKnown)
/* harmony export */ });
const nothingKnown = { files: [], frameworks: {}, remarks: [], notices: [] };


/***/ }),

/***/ 67165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J6: () => (/* binding */ installedByRun),
/* harmony export */   KC: () => (/* binding */ poetryPins),
/* harmony export */   cK: () => (/* binding */ uvPins),
/* harmony export */   cV: () => (/* binding */ pipfilePins),
/* harmony export */   d7: () => (/* binding */ requirementsFile),
/* harmony export */   nZ: () => (/* binding */ pinOf)
/* harmony export */ });
/* harmony import */ var smol_toml__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3292);

const table = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const tables = (value) => (Array.isArray(value) ? value.map(table) : []);
const text = (value) => (typeof value === 'string' ? value : '');
const plain = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');
/** A marker that leaves Linux out. */
const elsewhere = /(sys_platform|platform_system|os_name)\s*==\s*["'](darwin|win32|Darwin|Windows|nt|cygwin)["']|\bextra\s*==/;
/** `name==1.5.0`, with extras, markers and hashes: its pin. Undefined for every other requirement. */
function pinOf(requirement) {
    const [wanted = '', marker = ''] = requirement.split(/\s#|;/, 2);
    const [, name, version] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*={2,3}\s*([A-Za-z0-9][\w.+!-]*)(?=\s|$|\\)/.exec(wanted.trim()) ?? [];
    return name === undefined || version === undefined || elsewhere.test(marker) ? undefined : { name: plain(name), version };
}
/** A requirements file: its pins, and the files it takes in by `-r` and `-c`. */
function requirementsFile(file) {
    const lines = file
        .replace(/\\\r?\n/g, ' ')
        .split(/\r?\n/)
        .map((line) => line.trim());
    return {
        pins: lines.flatMap((line) => pinOf(line) ?? []),
        included: lines.flatMap((line) => /^(?:-r|--requirement)[\s=]+(\S+)/.exec(line)?.[1] ?? []),
    };
}
/** What RUN instructions give to pip by name (`pip install scikit-learn==1.5.0 "fastapi[all]==0.115.0"`), and by file. */
function installedByRun(runs) {
    const parts = runs.flatMap((line) => line.split(/&&|\|\||;/));
    const synced = parts.flatMap((command) => /\bpip\s+sync\s+(.*)$/.exec(command)?.[1]?.split(/\s+/) ?? []);
    const commands = parts.flatMap((command) => /\bpip3?\s+(?:\S+\s+)*?install\s+(.*)$/.exec(command)?.[1] ?? []);
    return {
        pins: commands.flatMap((command) => command.split(/\s+/)).flatMap((word) => pinOf(word.replace(/^(["'])(.*)\1$/, '$2')) ?? []),
        files: [
            ...synced.filter((word) => word.endsWith('.txt')),
            ...commands.flatMap((command) => [...command.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*(\S+)/g)].map(([, file = '']) => file)),
        ],
    };
}
/** What the project of a uv.lock needs to run: the packages that lead from it, without its groups. */
function uvPins(lock) {
    const packages = tables(table((0,smol_toml__WEBPACK_IMPORTED_MODULE_0__.parse)(lock))['package']);
    const isProject = ({ source }) => 'virtual' in table(source) || 'editable' in table(source);
    const needed = new Set();
    const need = (entry) => {
        for (const { name } of tables(entry['dependencies'])) {
            if (needed.has(text(name)))
                continue;
            needed.add(text(name));
            packages.filter((other) => other['name'] === name).forEach(need);
        }
    };
    packages.filter(isProject).forEach(need);
    return packages
        .filter((entry) => needed.has(text(entry['name'])) && entry['version'] !== undefined)
        .map((entry) => ({ name: plain(text(entry['name'])), version: text(entry['version']) }));
}
/** The packages of a poetry.lock, without those of development alone. */
function poetryPins(lock) {
    return tables(table((0,smol_toml__WEBPACK_IMPORTED_MODULE_0__.parse)(lock))['package'])
        .filter(({ groups, category, optional }) => {
        const main = Array.isArray(groups) ? groups.includes('main') : category === undefined || category === 'main';
        return main && optional !== true;
    })
        .map((entry) => ({ name: plain(text(entry['name'])), version: text(entry['version']) }));
}
/** The packages of a Pipfile.lock that the image needs. */
function pipfilePins(lock) {
    return Object.entries(table(table(JSON.parse(lock))['default'])).flatMap(([name, entry]) => pinOf(`${name}${text(table(entry)['version'])}`) ?? []);
}


/***/ }),

/***/ 66583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ko: () => (/* binding */ readModel),
  P_: () => (/* binding */ tellModel)
});

// UNUSED EXPORTS: mostHashed

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
// EXTERNAL MODULE: ./lib/build/context.js
var build_context = __nccwpck_require__(99411);
// EXTERNAL MODULE: ./lib/build/dockerfile.js
var dockerfile = __nccwpck_require__(45168);
// EXTERNAL MODULE: ./lib/model/artefacts.js
var model_artefacts = __nccwpck_require__(95370);
// EXTERNAL MODULE: ./lib/model/copied.js
var model_copied = __nccwpck_require__(31197);
// EXTERNAL MODULE: ./lib/registry/digest.js
var digest = __nccwpck_require__(82895);
;// CONCATENATED MODULE: ./lib/model/digest.js

/** The bytes that a pointer of Git LFS stands for; undefined when the text is no pointer. Source: git-lfs docs/spec.md. */
function lfsPointer(text) {
    const [, sha256, bytes] = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})\nsize (\d+)\n?$/.exec(text) ?? [];
    return sha256 === undefined ? undefined : { sha256, bytes: Number(bytes) };
}
/** A pointer of Git LFS is smaller than this (bytes). */
const largestPointer = 1024;
/**
 * One digest for a model: of one file its sha256, of several that of what `sha256sum` prints of them, sorted by path
 * (`LC_ALL=C`). So both can be had by hand. Undefined for no files.
 */
function artefactDigest(files) {
    const [only, ...more] = files;
    if (only === undefined)
        return undefined;
    if (more.length === 0)
        return `sha256:${only.sha256}`;
    const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
    const list = sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
    return (0,digest/* digestOf */.o)(list);
}

;// CONCATENATED MODULE: ./lib/model/frameworks.js
/** Python packages whose version decides what a model does, by the name that the index has them under (PEP 503). */
const known = new Set([
    ...['scikit-learn', 'xgboost', 'lightgbm', 'catboost', 'statsmodels', 'prophet', 'spacy', 'skops'],
    ...['torch', 'torchvision', 'torchaudio', 'pytorch-lightning', 'lightning', 'tensorflow', 'tensorflow-cpu', 'keras', 'jax', 'flax'],
    ...['transformers', 'sentence-transformers', 'diffusers', 'tokenizers', 'peft', 'timm', 'ultralytics', 'paddlepaddle'],
    ...['onnxruntime', 'onnxruntime-gpu', 'openvino', 'tflite-runtime', 'ctranslate2', 'llama-cpp-python', 'vllm', 'sglang'],
    ...['fastapi', 'flask', 'litserve', 'mlflow', 'mlflow-skinny', 'bentoml', 'kserve', 'mlserver', 'ray', 'tritonclient', 'torchserve'],
]);
/** Base images that are a framework: its name, and its version in the tag. */
const bases = {
    'pytorch/pytorch': { framework: 'torch', version: /^(\d+\.\d+\.\d+)/ },
    'pytorch/torchserve': { framework: 'torchserve', version: /^(\d+\.\d+\.\d+)/ },
    'tensorflow/tensorflow': { framework: 'tensorflow', version: /^(\d+\.\d+\.\d+)/ },
    'tensorflow/serving': { framework: 'tensorflow-serving', version: /^(\d+\.\d+\.\d+)/ },
    'vllm/vllm-openai': { framework: 'vllm', version: /^v(\d+\.\d+\.\d+)/ },
    'nvcr.io/nvidia/tritonserver': { framework: 'tritonserver', version: /^(\d+\.\d+)-/ },
};
/** A framework that the base image brings: `pytorch/pytorch:2.4.0-cuda12.1-runtime` is torch 2.4.0. */
function frameworkOfBase(base) {
    const [, name = '', tag = ''] = /^(?:docker\.io\/)?([^@:]+):([^@]+)/.exec(base) ?? [];
    const row = Object.hasOwn(bases, name) ? bases[name] : undefined;
    const version = row?.version.exec(tag)?.[1];
    return row && version !== undefined ? { name: row.framework, version } : undefined;
}
/** The frameworks among what is pinned, sorted by name. One that is pinned to several versions is left out. */
function frameworkVersions(pins) {
    const versions = new Map();
    for (const { name, version } of pins)
        versions.set(name, (versions.get(name) ?? new Set()).add(version));
    const sure = [...versions].flatMap(([name, found]) => (known.has(name) && found.size === 1 ? [[name, [...found][0] ?? '']] : []));
    return Object.fromEntries(sure.sort(([a], [b]) => (a < b ? -1 : 1)));
}

// EXTERNAL MODULE: ./lib/test/pyproject.js
var pyproject = __nccwpck_require__(52332);
// EXTERNAL MODULE: ./lib/model/pins.js
var model_pins = __nccwpck_require__(67165);
;// CONCATENATED MODULE: ./lib/model/installed.js




/** A lock, what in a RUN instruction installs from it, and its pins. */
const locks = [
    { file: 'uv.lock', used: /\buv\s+(\S+\s+)*?(sync|export|run)\b/, pins: model_pins/* uvPins */.cK },
    { file: 'poetry.lock', used: /\bpoetry\s+(\S+\s+)*?(install|sync|export)\b/, pins: model_pins/* poetryPins */.KC },
    { file: 'Pipfile.lock', used: /\bpipenv\s+(\S+\s+)*?(install|sync|requirements)\b/, pins: model_pins/* pipfilePins */.cV },
    {
        file: 'pyproject.toml',
        used: /\bpip3?\s+(\S+\s+)*?install\s+(\S+\s+)*["']?\.(\[[^\]]*\])?["']?(\s|$)/,
        pins: (text) => ((0,pyproject/* readPyproject */.x)(text)?.dependencies ?? []).flatMap((requirement) => (0,model_pins/* pinOf */.nZ)(requirement) ?? []),
    },
];
/** The file of the context that a path in an image means: the one of that name, or the only one that ends so. */
function fileMeant(path, candidates) {
    const parts = external_node_path_.posix.normalize(path).split('/').filter(Boolean);
    for (let i = 0; i < parts.length; i++) {
        const ending = parts.slice(i).join('/');
        const exact = candidates.find((candidate) => candidate === ending);
        const alike = candidates.filter((candidate) => candidate.endsWith(`/${ending}`));
        if (exact !== undefined)
            return exact;
        if (alike.length > 0)
            return alike.length === 1 ? alike[0] : undefined;
    }
    return undefined;
}
/**
 * The pins of what the Dockerfile installs, by name in it or from the files that it names. Files that it does not use
 * say nothing of the image.
 */
function installedPins(recipe, paths, read) {
    const copied = (0,model_copied/* copiesOf */.lS)(recipe);
    const mounts = recipe.all.some((line) => /^RUN\s.*--mount=\S*type=bind/i.test(line));
    const runs = (0,model_copied/* commandsOf */.Kf)(recipe);
    const { pins, files } = (0,model_pins/* installedByRun */.J6)(runs);
    const wanted = new Set([...locks.map(({ file }) => file), ...files.map((file) => (0,external_node_path_.basename)(file))]);
    const candidates = paths.filter((path) => wanted.has((0,external_node_path_.basename)(path)) && (mounts || copied(path)));
    const fromFile = (path, seen) => {
        const text = seen.has(path) || !paths.includes(path) ? undefined : read(path);
        if (text === undefined)
            return [];
        const { pins, included } = (0,model_pins/* requirementsFile */.d7)(text);
        const beside = included.map((other) => external_node_path_.posix.join(external_node_path_.posix.dirname(path), other));
        return [...pins, ...beside.flatMap((other) => fromFile(other, new Set([...seen, path])))];
    };
    const locked = locks.flatMap(({ file, used, pins: pinsIn }) => {
        const path = runs.some((line) => used.test(line)) ? fileMeant(file, candidates) : undefined;
        try {
            return path === undefined ? [] : pinsIn(read(path) ?? '');
        }
        catch {
            // A lock that cannot be read is told by the tests, which are installed from it.
            return [];
        }
    });
    return [...pins, ...files.flatMap((file) => fromFile(fileMeant(file, candidates) ?? '', new Set())), ...locked];
}

;// CONCATENATED MODULE: ./lib/model/lfs.js


/** Reads `git ls-files --debug -z`. Its form is not promised; what is not of it is not there. */
function readIndex(text) {
    const entry = /([^\0\n]+)\0 +ctime: \S+\n +mtime: (\d+):(\d+)\n.*\n.*\n +size: .*(?:\n|$)/g;
    return [...text.matchAll(entry)].map(([, path = '', seconds, nanoseconds]) => ({
        path,
        modifiedMs: Number(seconds) * 1000 + Number(nanoseconds) / 1e6,
    }));
}
/**
 * The sha256 (hex) of files that git has by Git LFS, without reading them: the index holds their pointers. Only of files
 * that are as they were checked out, by their time in the index and their size in the pointer. `git status` would tell
 * it too, but may read all of a large file to do so. Nothing where there is no git.
 */
async function checkedOutPointers(host, folder, paths, env) {
    const ask = async (input, ...args) => {
        const command = { argv: ['git', '-c', 'safe.directory=*', ...args], cwd: folder, env, input };
        const answer = await host.capture(command).catch(() => undefined);
        return answer?.exitCode === 0 ? answer.stdout : '';
    };
    const named = paths.filter((path) => !/[\0\n]/.test(path));
    const objects = (wanted) => wanted.map((path) => `:./${path}\n`).join('');
    const [index, sizes] = await Promise.all([
        ask('', 'ls-files', '--debug', '-z', '--', ...named.map((path) => `:(literal)${path}`)),
        ask(objects(named), 'cat-file', '--batch-check'),
    ]);
    const answers = sizes.split('\n');
    const same = new Map(readIndex(index).map((entry) => [entry.path, entry]));
    // What is larger is no pointer, and nothing to be read into memory.
    const candidates = named.filter((path, i) => {
        const [, bytes] = /^\S+ blob (\d+)$/.exec(answers[i] ?? '') ?? [];
        const [was, is] = [same.get(path), host.files.stat((0,external_node_path_.join)(folder, path))];
        const untouched = was && is && Math.abs(was.modifiedMs - is.modifiedMs) < 1;
        return bytes !== undefined && Number(bytes) < largestPointer && untouched;
    });
    if (candidates.length === 0)
        return new Map();
    // One object a time after its header; a pointer is told by its form, whatever else is there.
    const pointers = (await ask(objects(candidates), 'cat-file', '--batch')).split(/^[0-9a-f]{40,64} blob \d+\n/m).slice(1);
    return new Map(candidates.flatMap((path, i) => {
        const pointer = lfsPointer((pointers[i] ?? '').replace(/\n$/, ''));
        return pointer && pointer.bytes === host.files.stat((0,external_node_path_.join)(folder, path))?.bytes ? [[path, pointer.sha256]] : [];
    }));
}

;// CONCATENATED MODULE: ./lib/model/manifest.js
const table = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const word = (value) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' || text === 'null' ? undefined : text;
};
function manifestOf(facts) {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
/**
 * By the name of the file: MLflow's description of a model, what it notes down of a model from its registry, and the
 * description of a bento. `fields` is the YAML.
 */
const readers = {
    MLmodel: (fields) => manifestOf({
        uuid: word(fields['model_uuid']) ?? word(fields['model_id']),
        flavors: Object.keys(table(fields['flavors'])).sort(),
    }),
    registered_model_meta: (fields) => manifestOf({ name: word(fields['model_name']), version: word(fields['model_version']) }),
    'bento.yaml': (fields) => manifestOf({ name: word(fields['name']), version: word(fields['version']) }),
};
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);
/** Whether a file describes a model, by its name. */
function isManifest(path) {
    return Object.hasOwn(readers, nameOf(path));
}
/** Reads one. What is no YAML says nothing. */
async function readManifest(path, text) {
    // Few projects have one, and the parser takes its time to load.
    const { parse } = await __nccwpck_require__.e(/* import() */ 8815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 38815, 19));
    try {
        // Every scalar as it is written: a version 1.10 is no number.
        return readers[nameOf(path)]?.(table(parse(text, { schema: 'failsafe', maxAliasCount: 0 }))) ?? {};
    }
    catch {
        return {};
    }
}
/** What all of them say alike: where two models are described, neither is the one of the image. */
function agreed(manifests) {
    const one = (key) => {
        const values = manifests.flatMap((manifest) => (manifest[key] === undefined ? [] : [manifest[key]]));
        return new Set(values.map((value) => JSON.stringify(value))).size === 1 ? values[0] : undefined;
    };
    return manifestOf({ name: one('name'), version: one('version'), uuid: one('uuid'), flavors: one('flavors') });
}

;// CONCATENATED MODULE: ./lib/model/read.js










/** A run is not to wait for the digest of a model: more is not read (bytes, of all files together). */
const mostHashed = 64 << 20;
/** Smaller files are read (bytes); git is asked of the others, where all together are too large. */
const worthAsking = 1 << 20;
const largestManifest = 256 << 10;
/** The sha256 of each file, of a pointer that of the bytes it stands for. No files where more would have to be read. */
async function hashFiles(host, context, paths, env) {
    const { files } = host;
    const known = new Map();
    const bytesOf = (path) => files.stat((0,external_node_path_.join)(context, path))?.bytes ?? 0;
    const toRead = () => paths.filter((path) => !known.has(path)).reduce((sum, path) => sum + bytesOf(path), 0);
    for (const path of paths) {
        const pointer = bytesOf(path) < largestPointer ? lfsPointer(files.readUntrusted((0,external_node_path_.join)(context, path)) ?? '') : undefined;
        if (pointer)
            known.set(path, pointer.sha256);
    }
    const pointers = [...known.keys()];
    const large = paths.filter((path) => bytesOf(path) > worthAsking);
    if (toRead() > mostHashed)
        for (const [path, sha256] of await checkedOutPointers(host, context, large, env))
            known.set(path, sha256);
    if (toRead() > mostHashed)
        return { pointers };
    for (const path of paths) {
        const sha256 = known.get(path) ?? (await files.digest((0,external_node_path_.join)(context, path)));
        if (sha256 === undefined)
            return { pointers };
        known.set(path, sha256);
    }
    return { files: paths.map((path) => ({ path, sha256: known.get(path) ?? '' })), pointers };
}
async function describe(files, context, paths) {
    const small = paths.filter((path) => (files.stat((0,external_node_path_.join)(context, path))?.bytes ?? 0) <= largestManifest);
    return agreed(await Promise.all(small.map((path) => readManifest(path, files.readUntrusted((0,external_node_path_.join)(context, path)) ?? ''))));
}
function frameworksOf(files, build, recipe, paths) {
    const stages = (0,dockerfile/* dockerfileStages */.C8)(build.dockerfile, build.args);
    const stage = (0,dockerfile/* findStage */.U9)(stages, build.target);
    const base = stage && frameworkOfBase((0,dockerfile/* baseOf */.bx)(stages, stage));
    const pins = installedPins(recipe, paths, (path) => files.readUntrusted((0,external_node_path_.join)(build.context, path)));
    return { ...(base ? { [base.name]: base.version } : {}), ...frameworkVersions(pins) };
}
function remarksOf({ complete }, hashed) {
    const without = 'the image gets no label with the digest of its model';
    if (!complete)
        return [`The build context holds more than ${build_context/* mostEntries */._} files and is not searched for a model: ${without}.`];
    return hashed.files
        ? []
        : [`The model in the build context is larger than ${mostHashed >> 20} MiB, and git does not have its digest by Git LFS: ${without}.`];
}
/**
 * What is known of the model whose image is built: from the Dockerfile and the files of the build context alone, so
 * that one commit gives one answer. Nothing is run but git, and no model is loaded. `env` is that of git.
 */
async function readModel(host, build, env) {
    const { files } = host;
    const recipe = (0,model_copied/* readRecipe */.XQ)(build.dockerfile, build.target, build.args);
    const context = (0,build_context/* readContext */.y)(files, build.context, build.file);
    const copied = (0,model_copied/* copiesOf */.lS)(recipe);
    const shipped = (paths) => paths.filter((path) => copied(path) && !context.ignores(path));
    const paths = context.complete ? context.paths : [];
    const artefacts = shipped((0,model_artefacts/* artefactFiles */.g)(paths));
    const [hashed, manifest] = await Promise.all([
        hashFiles(host, build.context, artefacts, env),
        describe(files, build.context, shipped(paths.filter(isManifest))),
    ]);
    const digest = artefactDigest(hashed.files ?? []);
    const name = (0,model_copied/* variableOf */.Qn)('MODEL_NAME', recipe) ?? manifest.name;
    const version = (0,model_copied/* variableOf */.Qn)('MODEL_VERSION', recipe) ?? manifest.version;
    return {
        ...manifest,
        ...(name === undefined ? {} : { name }),
        ...(version === undefined ? {} : { version }),
        files: artefacts,
        ...(digest === undefined ? {} : { digest }),
        frameworks: frameworksOf(files, build, recipe, paths),
        remarks: remarksOf(context, hashed),
        notices: hashed.pointers.map((path) => `${path} is a pointer of Git LFS and not the model itself, and as such it goes into the image. Set lfs: true on actions/checkout.`),
    };
}
/** Says what the search found worth saying. */
function tellModel({ log }, { remarks, notices }) {
    remarks.forEach(log.line);
    notices.forEach(log.notice);
}


/***/ }),

/***/ 89921:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ withMetrics)
/* harmony export */ });
/** With the metrics that the image is to be labelled with, as far as they are there. */
async function withMetrics(host, { quality }, model) {
    if (quality.file?.kind !== 'workspace')
        return model;
    // Most runs have no such file, and nobody wants to wait for what reads it.
    const { metricsForLabels } = await __nccwpck_require__.e(/* import() */ 1519).then(__nccwpck_require__.bind(__nccwpck_require__, 91519));
    return { ...model, metrics: await metricsForLabels(host, quality) };
}


/***/ }),

/***/ 86120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  Gu: () => (/* binding */ getState),
  pq: () => (/* binding */ info),
  _o: () => (/* binding */ isDebug),
  lm: () => (/* binding */ notice),
  LZ: () => (/* binding */ saveState),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  Oh: () => (/* binding */ startGroup),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, exportVariable, getBooleanInput, getIDToken, getInput, getMultilineInput, group, markdownSummary, platform, setCommandEcho, setFailed, summary, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(70857);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __nccwpck_require__(76982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(79896);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(16928);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 55874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  m: () => (/* binding */ exec),
  H: () => (/* binding */ getExecOutput)
});

// EXTERNAL MODULE: external "string_decoder"
var external_string_decoder_ = __nccwpck_require__(13193);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(70857);
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(24434);
// EXTERNAL MODULE: external "child_process"
var external_child_process_ = __nccwpck_require__(35317);
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(16928);
// EXTERNAL MODULE: ./lib/node_modules/@actions/io/lib/io.js
var io = __nccwpck_require__(9357);
// EXTERNAL MODULE: ./lib/node_modules/@actions/io/lib/io-util.js
var io_util = __nccwpck_require__(11146);
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./lib/node_modules/@actions/exec/lib/toolrunner.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return __awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!io_util/* isRooted */.Qh(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield io/* which */.K7(this.toolPath, true);
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield io_util/* exists */.t2(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./lib/node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new external_string_decoder_.StringDecoder('utf8');
        const stderrDecoder = new external_string_decoder_.StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map

/***/ }),

/***/ 11146:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ck: () => (/* binding */ mkdir),
/* harmony export */   H8: () => (/* binding */ IS_WINDOWS),
/* harmony export */   Qh: () => (/* binding */ isRooted),
/* harmony export */   rm: () => (/* binding */ rm),
/* harmony export */   t2: () => (/* binding */ exists),
/* harmony export */   vr: () => (/* binding */ tryGetExecutablePath)
/* harmony export */ });
/* unused harmony exports chmod, copyFile, lstat, open, readdir, rename, rmdir, stat, symlink, unlink, readlink, UV_FS_O_EXLOCK, READONLY, isDirectory, getCmdPath */
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(79896);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(16928);
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs__WEBPACK_IMPORTED_MODULE_0__.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY;
function exists(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return __awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return __awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = path__WEBPACK_IMPORTED_MODULE_1__.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = path__WEBPACK_IMPORTED_MODULE_1__.dirname(filePath);
                        const upperName = path__WEBPACK_IMPORTED_MODULE_1__.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = path__WEBPACK_IMPORTED_MODULE_1__.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map

/***/ }),

/***/ 9357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K7: () => (/* binding */ which),
/* harmony export */   U$: () => (/* binding */ mkdirP),
/* harmony export */   Yz: () => (/* binding */ rmRF)
/* harmony export */ });
/* unused harmony exports cp, mv, findInPath */
/* harmony import */ var assert__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(42613);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(16928);
/* harmony import */ var _io_util_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(11146);
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return __awaiter(this, void 0, void 0, function* () {
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        (0,assert__WEBPACK_IMPORTED_MODULE_0__.ok)(fsPath, 'a path argument must be provided');
        yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .mkdir */ .Ck(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8 && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .isRooted */ .Qh(tool)) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(path__WEBPACK_IMPORTED_MODULE_1__.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(path__WEBPACK_IMPORTED_MODULE_1__.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return __awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function copyFile(srcFile, destFile, force) {
    return __awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map

/***/ }),

/***/ 63259:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RT: () => (/* binding */ tail),
/* harmony export */   bF: () => (/* binding */ passed),
/* harmony export */   ce: () => (/* binding */ stopped),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   hT: () => (/* binding */ skipped)
/* harmony export */ });
const passed = (value) => ({ kind: 'passed', value });
const failed = (code, message, evidence = []) => ({
    kind: 'failed',
    red: { code, message, evidence },
});
const stopped = { kind: 'stopped' };
const skipped = (reason) => ({ kind: 'skipped', reason });
/** Keeps the last `size` lines pushed to it, and hands each on. */
function tail(size, also = () => { }) {
    const lines = [];
    return {
        push: (line) => {
            lines.push(line);
            if (lines.length > size)
                lines.shift();
            also(line);
        },
        lines,
    };
}


/***/ }),

/***/ 5077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ tellPlan),
/* harmony export */   n: () => (/* binding */ setOutputs)
/* harmony export */ });
/* harmony import */ var _report_outputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8568);

/** Sets outputs as they become known, so that they are there when a later stage fails. */
function setOutputs(host, outputs) {
    for (const [name, value] of Object.entries(outputs))
        host.output(name, value);
}
/** The outputs of the plan; those of docker/metadata-action are variables of the job as well, as theirs are. */
function tellPlan(host, inputs, plan) {
    const outputs = (0,_report_outputs_js__WEBPACK_IMPORTED_MODULE_0__/* .planOutputs */ .iS)(plan);
    setOutputs(host, outputs);
    if (!inputs.settings.exported)
        return;
    for (const name of _report_outputs_js__WEBPACK_IMPORTED_MODULE_0__/* .metadataNames */ .eA)
        host.exportVariable(`DOCKER_METADATA_OUTPUT_${name.replace('-', '_').toUpperCase()}`, outputs[name] ?? '');
}


/***/ }),

/***/ 92249:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LD: () => (/* binding */ loginFor),
/* harmony export */   Yi: () => (/* binding */ accessTo),
/* harmony export */   cd: () => (/* binding */ accessText)
/* harmony export */ });
/* harmony import */ var _registry_credential_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(51266);
/* harmony import */ var _clouds_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(29301);


/** The login of a registry for a use. A registry that the plan does not know is asked anonymously. */
function loginFor(access, use) {
    if (access === undefined)
        return { kind: 'anonymous' };
    return access.kind === 'by-use' ? access[use] : access;
}
/** AWS's own name for who logs in with a token: that is no access key. */
const ecrUser = 'AWS';
function ecrOf(registry, asked, region) {
    if (asked === false)
        return undefined;
    const told = (0,_clouds_js__WEBPACK_IMPORTED_MODULE_1__/* .ecrPlace */ .OS)(registry);
    return told ?? (asked === true && region !== undefined ? { kind: 'region', region, fips: false } : undefined);
}
/** What was given wins, then what was asked for by name, then the login the job has, then what its variables offer. */
function loginTo(registry, use, inputs, actor, dockerConfig) {
    const { clouds = _clouds_js__WEBPACK_IMPORTED_MODULE_1__/* .noClouds */ .cN, auths = [], githubToken } = inputs;
    const entry = auths.find((one) => one.registry === registry && (one.use ?? use) === use);
    const isTheirs = (inputs.registry ?? registry) === registry;
    const pair = isTheirs && !(entry?.username || entry?.password) ? inputs : undefined;
    const { username, password } = pair ?? entry ?? {};
    const asked = entry?.ecr ?? inputs.ecr ?? 'auto';
    const place = ecrOf(registry, asked, clouds.awsRegion);
    if (password !== undefined) {
        const credential = { username: username ?? (actor || 'github'), password };
        if (place && credential.username !== ecrUser)
            return { kind: 'ecr', place, keys: credential };
        return { kind: 'given', credential, from: pair ? 'username and password' : 'registry-auth' };
    }
    if (place && asked === true)
        return { kind: 'ecr', place };
    if ((0,_clouds_js__WEBPACK_IMPORTED_MODULE_1__/* .isDocker */ .RI)(registry) && username !== undefined && clouds.dockerHub)
        return { kind: 'dockerhub-oidc', username, connection: clouds.dockerHub };
    const login = (0,_registry_credential_js__WEBPACK_IMPORTED_MODULE_0__/* .findJobLogin */ .oi)(dockerConfig, registry);
    if (login)
        return { kind: 'job', login };
    if (place && clouds.aws)
        return { kind: 'ecr', place };
    if ((0,_clouds_js__WEBPACK_IMPORTED_MODULE_1__/* .isGoogle */ .E_)(registry) && clouds.google !== undefined)
        return { kind: 'google', file: clouds.google };
    if ((0,_clouds_js__WEBPACK_IMPORTED_MODULE_1__/* .isAzure */ .QH)(registry) && clouds.azure)
        return { kind: 'azure', identity: clouds.azure };
    if (registry === 'ghcr.io' && githubToken !== undefined)
        return {
            kind: 'given',
            credential: { username: username ?? (actor || 'github'), password: githubToken },
            from: 'github-token',
        };
    return { kind: 'anonymous' };
}
/** Decides how a registry is asked. `dockerConfig` is the text of the job's own config.json. Pure. */
function accessTo(registry, inputs, actor, dockerConfig) {
    const entries = (inputs.auths ?? []).filter((one) => one.registry === registry);
    const transport = entries.find((one) => one.transport)?.transport;
    const login = (use) => loginTo(registry, use, inputs, actor, dockerConfig);
    const byUse = entries.some(({ use }) => use !== undefined);
    return {
        ...(byUse ? { kind: 'by-use', pull: login('pull'), push: login('push') } : login('push')),
        ...(transport ? { transport } : {}),
    };
}
const jobs = "by the job's";
function loginText(login) {
    switch (login.kind) {
        case 'given':
            return `as ${login.credential.username} (${login.from})`;
        case 'job':
            return login.login.kind === 'helper' ? `by ${login.login.program}` : `as ${login.login.credential.username} (login of the job)`;
        case 'ecr':
            return login.keys ? `to ECR by the access key ${login.keys.username}` : `to ECR ${jobs} AWS credentials`;
        case 'google':
            return `${jobs} Google credentials (${login.file})`;
        case 'azure':
            return `by the application ${login.identity.client} of Microsoft Entra`;
        case 'dockerhub-oidc':
            return `as ${login.username}, by the job's ID token`;
        case 'anonymous':
            return 'as nobody';
    }
}
/** For people: who logs in, and where that login is from. */
function accessText(access) {
    const plain = access.transport?.plainHttp ? ', over plain HTTP' : '';
    const own = access.transport?.ca ? ', with a CA of its own' : '';
    const who = access.kind === 'by-use' ? `to read ${loginText(access.pull)}, to push ${loginText(access.push)}` : loginText(access);
    return `${who}${plain}${own}`;
}


/***/ }),

/***/ 36741:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ clockOf)
/* harmony export */ });
/** The time (ms) of SOURCE_DATE_EPOCH, which is in seconds; undefined when that is none. */
function clockOf(sourceDateEpoch) {
    return /^\d{1,11}$/.test(sourceDateEpoch ?? '') ? Number(sourceDateEpoch) * 1000 : undefined;
}


/***/ }),

/***/ 29301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E_: () => (/* binding */ isGoogle),
/* harmony export */   OS: () => (/* binding */ ecrPlace),
/* harmony export */   QH: () => (/* binding */ isAzure),
/* harmony export */   RI: () => (/* binding */ isDocker),
/* harmony export */   XU: () => (/* binding */ readClouds),
/* harmony export */   cN: () => (/* binding */ noClouds),
/* harmony export */   p0: () => (/* binding */ creationCommand)
/* harmony export */ });
/* harmony import */ var _image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(89916);

const noClouds = { aws: false, idToken: false };
// Hosts of ECR: docs.aws.amazon.com/general/latest/gr/ecr.html, and the dual-stack ones.
const ecrHost = /^\d{12}\.dkr[.-]ecr(-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn))$/;
const ecrPublicHosts = new Set(['public.ecr.aws', 'ecr-public.aws.com']);
const googleHost = /^(?:[a-z0-9-]+\.)?gcr\.io$|^[a-z0-9-]+-docker\.pkg\.dev$/;
const azureHost = /^[a-z0-9-]+\.azurecr\.(?:io|cn|us)$/;
/** What AWS's SDK takes credentials from (its default chain); on a machine of one's own it may ask that machine, too. */
const awsVariables = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_CONFIG_FILE',
];
/** The place that the name of a registry tells, undefined when it is not AWS's. */
function ecrPlace(registry) {
    if (ecrPublicHosts.has(registry))
        return { kind: 'public' };
    const [, fips, region] = ecrHost.exec(registry) ?? [];
    return region === undefined ? undefined : { kind: 'region', region, fips: fips !== undefined };
}
/** gcr.io and Artifact Registry. */
function isGoogle(registry) {
    return googleHost.test(registry);
}
/** Docker Hub, and Docker's hardened images, which the same accounts read. */
function isDocker(registry) {
    return registry === _image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .dockerHub */ .UD || registry === 'dhi.io';
}
/** Azure Container Registry. */
function isAzure(registry) {
    return azureHost.test(registry);
}
function azureIdentity(job, idToken) {
    const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: path } = job;
    const proof = secret
        ? { kind: 'secret', secret }
        : path
            ? { kind: 'file', path }
            : idToken
                ? { kind: 'id-token' }
                : undefined;
    if (!tenant || !client || !proof)
        return undefined;
    const authority = (job['AZURE_AUTHORITY_HOST'] || 'https://login.microsoftonline.com').replace(/\/+$/, '');
    return { tenant, client, authority, proof };
}
/** As long as a push may take by default, and some: five minutes, Docker's own default, would end within one. */
const hubLifetime = 3_600;
/** Reads the variables by which the clouds' own tools and actions hand on credentials. */
function readClouds(job, kind) {
    const idToken = Boolean(job['ACTIONS_ID_TOKEN_REQUEST_URL'] && job['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
    const awsRegion = job['AWS_REGION'] || job['AWS_DEFAULT_REGION'];
    const google = job['GOOGLE_APPLICATION_CREDENTIALS'] || job['GOOGLE_GHA_CREDS_PATH'];
    const azure = azureIdentity(job, idToken);
    const hub = job['DOCKERHUB_OIDC_CONNECTIONID']?.trim();
    return {
        aws: kind === 'terminal' || job['RUNNER_ENVIRONMENT'] === 'self-hosted' || awsVariables.some((name) => job[name]),
        ...(awsRegion ? { awsRegion } : {}),
        ...(google ? { google } : {}),
        ...(azure ? { azure } : {}),
        ...(hub ? { dockerHub: { id: hub, lifetime: Number(job['DOCKERHUB_OIDC_EXPIREIN']?.trim() || hubLifetime) } } : {}),
        idToken,
    };
}
/**
 * The command that makes a repository where a push does not: of ECR, and of Artifact Registry, whose repositories are the
 * second part of a path. Undefined where there is none to tell.
 */
function creationCommand(registry, path) {
    const place = ecrPlace(registry);
    if (place?.kind === 'public')
        return `aws ecr-public create-repository --region us-east-1 --repository-name ${path.replace(/^[^/]+\//, '')}`;
    if (place)
        return `aws ecr create-repository --region ${place.region} --repository-name ${path}`;
    const [, location] = /^([a-z0-9-]+)-docker\.pkg\.dev$/.exec(registry) ?? [];
    const [project, repository] = path.split('/');
    if (location === undefined || repository === undefined)
        return undefined;
    return `gcloud artifacts repositories create ${repository} --repository-format=docker --location=${location} --project=${project}`;
}


/***/ }),

/***/ 95214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ renderLines),
/* harmony export */   GC: () => (/* binding */ pairLines),
/* harmony export */   g9: () => (/* binding */ mergePairs)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);
/* harmony import */ var _tags_expression_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(68915);
/* harmony import */ var _tags_facts_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(52110);



/** Renders the expressions in lines of labels, by the facts that lines of the user have. */
function renderLines(lines, event, settings, libraries, now) {
    const notices = [];
    const problems = [];
    const values = (0,_tags_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .globalValues */ .wX)((0,_tags_facts_js__WEBPACK_IMPORTED_MODULE_2__/* .factsOf */ .xS)(event, settings, now, 'user'), libraries, (text) => void notices.push(text));
    const rendered = lines.flatMap((line) => {
        try {
            const text = (0,_tags_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .render */ .XX)(line, values, libraries);
            if (!text.includes('='))
                notices.push(`"${line}" is left out: it is not NAME=VALUE.`);
            return [text];
        }
        catch (error) {
            if (!(error instanceof _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO))
                throw error;
            problems.push({ line, reason: error.message });
            return [];
        }
    });
    return { lines: rendered, notices: [...new Set(notices)], problems };
}
/**
 * Puts lines `NAME=VALUE` over a base as docker/metadata-action does: the last of a name wins, lines without `=` are
 * left out, and all are sorted by name as the locale sorts.
 */
function mergePairs(base, lines) {
    const given = lines.flatMap((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    });
    return [...new Map([...Object.entries(base), ...given])].toSorted(([a], [b]) => a.localeCompare(b));
}
/** One `NAME=VALUE` each. */
function pairLines(pairs) {
    return pairs.map(([name, value]) => `${name}=${value}`);
}


/***/ }),

/***/ 77627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lt: () => (/* binding */ onDefaultBranch),
/* harmony export */   d0: () => (/* binding */ refText),
/* harmony export */   id: () => (/* binding */ completeEvent)
/* harmony export */ });
/** A ref as GITHUB_REF writes it. */
function refText(ref) {
    switch (ref.kind) {
        case 'branch':
            return `refs/heads/${ref.name}`;
        case 'tag':
            return `refs/tags/${ref.name}`;
        case 'pull':
            return `refs/pull/${ref.number}/merge`;
        case 'none':
            return '';
    }
}
/**
 * Adds what the payload did not say: the default branch as the API or git knows it, else `main` or `master` if the
 * run is on a branch of that name; the time of the commit; and what the repository is. Where a comment on a pull request
 * set the run off and another commit than that of the default branch is checked out, it is taken for that of the pull
 * request.
 */
function completeEvent(event, known) {
    const branch = event.ref.kind === 'branch' ? event.ref.name : undefined;
    const guess = branch === 'main' || branch === 'master' ? branch : undefined;
    const defaultBranch = event.defaultBranch ?? known.defaultBranch ?? guess;
    const committed = event.committed ?? known.committed;
    const about = event.about ?? known.about;
    const isBuilt = known.checkedOut === event.sha || event.ref.kind === 'pull';
    const tree = event.tree ?? (isBuilt ? known.tree : undefined);
    const another = event.commentOnPull && known.checkedOut !== undefined && known.checkedOut !== event.sha;
    return {
        ...event,
        ...(another ? { origin: 'unknown', foreignCode: true } : {}),
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        defaultBranchGuessed: event.defaultBranch === undefined && known.defaultBranch === undefined && guess !== undefined,
        ...(committed === undefined ? {} : { committed }),
        ...(tree === undefined ? {} : { tree }),
        ...(about === undefined ? {} : { about }),
        context: { ...event.context, commitTimes: { ...known.commitTimes, ...event.context.commitTimes } },
    };
}
function onDefaultBranch(event) {
    return event.ref.kind === 'branch' && event.ref.name === event.defaultBranch;
}


/***/ }),

/***/ 79818:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ committedTime),
/* harmony export */   H: () => (/* binding */ gitEvent)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77627);

/** The event of a run by hand. */
function gitEvent(git) {
    const ref = git.branch ? { kind: 'branch', name: git.branch } : git.tag ? { kind: 'tag', name: git.tag } : { kind: 'none' };
    const [, repository] = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(git.originUrl ?? '') ?? [];
    const [, server] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([a-z0-9.-]+\.[a-z0-9-]+)(?::\d+)?[/:]/i.exec(git.originUrl ?? '') ?? [];
    return {
        source: 'git',
        name: 'local',
        ref,
        sha: git.sha ?? '',
        defaultBranchGuessed: false,
        repository: repository ?? '',
        origin: 'own',
        foreignCode: false,
        actor: '',
        ...(git.committed === undefined ? {} : { committed: git.committed }),
        serverUrl: `https://${server ?? 'github.com'}`,
        context: { ref: (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .refText */ .d0)(ref), sha: git.sha ?? '', baseRef: '', commitTimes: {} },
    };
}
/**
 * The time of the commit whose code is built, as git knows it. For a pull request actions/checkout has the merge commit
 * that GitHub made, and of the head alone no time is known.
 */
function committedTime(event, git) {
    return git.sha === event.sha || event.ref.kind === 'pull' ? git.committed : undefined;
}


/***/ }),

/***/ 28163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ gitFacts)
/* harmony export */ });
async function ask(host, cwd, env, ...args) {
    const answer = await host.capture({ argv: ['git', '-c', 'safe.directory=*', ...args], cwd, env }).catch(() => undefined);
    const text = answer?.exitCode === 0 ? answer.stdout.trim() : '';
    return text === '' ? undefined : text;
}
/** What git knows of the working copy that holds `folder`; nothing where there is no git or no repository. */
async function gitFacts(host, folder, env) {
    const [commit, branch, tag, originHead, originUrl] = await Promise.all([
        ask(host, folder, env, 'log', '-1', '--format=%H %cI %T'),
        ask(host, folder, env, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
        ask(host, folder, env, 'describe', '--tags', '--exact-match'),
        ask(host, folder, env, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'),
        ask(host, folder, env, 'config', '--get', 'remote.origin.url'),
    ]);
    const [sha, committed, tree] = commit?.split(' ') ?? [];
    return {
        ...(branch === undefined ? {} : { branch }),
        ...(tag === undefined ? {} : { tag }),
        ...(sha === undefined ? {} : { sha }),
        ...(committed === undefined ? {} : { committed }),
        ...(tree === undefined ? {} : { tree }),
        ...(originHead === undefined ? {} : { originHead: originHead.replace(/^origin\//, '') }),
        ...(originUrl === undefined ? {} : { originUrl }),
    };
}


/***/ }),

/***/ 79831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ githubEvent)
});

;// CONCATENATED MODULE: ./lib/plan/origin.js
const dependabot = 'dependabot[bot]';
const aboutPulls = new Set([
    'pull_request',
    'pull_request_target',
    'pull_request_review',
    'pull_request_review_comment',
]);
function isAboutPull(event) {
    return aboutPulls.has(event);
}
/** Judges by the payload alone. Dependabot counts as from outside, as GitHub has it: it brings code nobody has looked at. */
function whoseCode(facts) {
    const { event, repository, told } = facts;
    const pull = isAboutPull(event);
    if (!pull && event !== 'workflow_run')
        return { origin: facts.actor === dependabot ? 'dependabot' : 'own', foreignCode: false };
    const privileged = event === 'pull_request_target' || event === 'workflow_run';
    if (!told)
        return { origin: 'unknown', foreignCode: privileged };
    const from = pull ? facts.headRepository : facts.runRepository;
    if (from !== repository)
        return { origin: 'fork', foreignCode: privileged };
    const names = pull ? [facts.actor, facts.author] : [facts.actor, facts.runActor];
    return { origin: names.includes(dependabot) ? 'dependabot' : 'own', foreignCode: false };
}

// EXTERNAL MODULE: ./lib/plan/payload.js
var plan_payload = __nccwpck_require__(33981);
;// CONCATENATED MODULE: ./lib/plan/github-event.js


/** The run by the runner's variables. */
function readRun(workflowRef, number) {
    const [workflow = ''] = (workflowRef ?? '').split('@');
    return workflow !== '' && /^\d{1,15}$/.test(number ?? '') ? { workflow, number: Number(number) } : undefined;
}
function readRef(ref) {
    const [, kind, rest] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref) ?? [];
    if (kind === 'heads' && rest)
        return { kind: 'branch', name: rest };
    if (kind === 'tags' && rest)
        return { kind: 'tag', name: rest };
    if (kind === 'pull' && rest)
        return { kind: 'pull', number: Number.parseInt(rest, 10) };
    return { kind: 'none' };
}
function readContext(env, name, payload) {
    const pullNumber = (0,plan_payload.at)(payload, 'number');
    const onBase = name.includes('pull_request_target') && typeof pullNumber === 'number';
    const ref = onBase ? `refs/pull/${pullNumber}/merge` : (env['GITHUB_REF'] ?? '');
    const pullHeadSha = name.includes('pull_request') ? (0,plan_payload/* textAt */.$6)(payload, 'pull_request', 'head', 'sha') : undefined;
    const pushedOn = ref.startsWith('refs/tags/') ? (0,plan_payload/* textAt */.$6)(payload, 'base_ref')?.replace(/^refs\/heads\//, '') : undefined;
    const pullBase = ref.startsWith('refs/pull/') ? (0,plan_payload/* textAt */.$6)(payload, 'pull_request', 'base', 'ref') : undefined;
    const defaultBranch = (0,plan_payload/* textAt */.$6)(payload, 'repository', 'default_branch');
    const commits = (0,plan_payload.at)(payload, 'commits');
    const told = [(0,plan_payload.at)(payload, 'head_commit'), ...(Array.isArray(commits) ? commits.toReversed() : [])];
    const times = told.flatMap((commit) => {
        const [id, timestamp] = [(0,plan_payload/* textAt */.$6)(commit, 'id'), (0,plan_payload/* textAt */.$6)(commit, 'timestamp')];
        return id === undefined || timestamp === undefined ? [] : [[id, timestamp]];
    });
    return {
        ref,
        sha: env['GITHUB_SHA'] ?? '',
        ...(pullHeadSha === undefined ? {} : { pullHeadSha }),
        baseRef: pushedOn ?? pullBase ?? '',
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        commitTimes: Object.fromEntries(times),
    };
}
/** The pull request that a commit is the merge of, as GitHub words it: of a merge commit, or of a squash. */
function mergedPull(message) {
    const [subject = ''] = message.split('\n');
    const [, merge, squash] = /^Merge pull request #(\d{1,9}) from |\(#(\d{1,9})\)$/.exec(subject) ?? [];
    const number = merge ?? squash;
    return number === undefined ? undefined : Number(number);
}
/** The event of a job, from the runner's variables and the payload of GITHUB_EVENT_PATH. */
function githubEvent(env, payload) {
    const name = env['GITHUB_EVENT_NAME'] ?? '';
    const repository = env['GITHUB_REPOSITORY'] ?? (0,plan_payload/* textAt */.$6)(payload, 'repository', 'full_name') ?? '';
    const actor = env['GITHUB_ACTOR'] ?? '';
    const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
    const pull = (0,plan_payload.at)(payload, 'pull_request');
    const pullNumber = (0,plan_payload.at)(payload, 'number') ?? (0,plan_payload.at)(pull, 'number');
    const isPull = isAboutPull(name);
    const run = (0,plan_payload.at)(payload, 'workflow_run');
    const subject = isPull ? pull : run;
    const { origin, foreignCode } = whoseCode({
        event: name,
        repository,
        actor,
        headRepository: (0,plan_payload/* textAt */.$6)(pull, 'head', 'repo', 'full_name'),
        author: (0,plan_payload/* textAt */.$6)(pull, 'user', 'login'),
        runRepository: (0,plan_payload/* textAt */.$6)(run, 'head_repository', 'full_name'),
        runActor: (0,plan_payload/* textAt */.$6)(run, 'actor', 'login'),
        told: typeof subject === 'object' && subject !== null,
    });
    const commentOnPull = (0,plan_payload.at)(payload, 'issue', 'pull_request') !== undefined;
    const ref = isPull && typeof pullNumber === 'number' ? { kind: 'pull', number: pullNumber } : readRef(env['GITHUB_REF'] ?? '');
    const action = (0,plan_payload/* textAt */.$6)(payload, 'action');
    const { defaultBranch, about } = (0,plan_payload/* readRepository */.Nu)((0,plan_payload.at)(payload, 'repository'));
    const said = (isPull ? (0,plan_payload/* textAt */.$6)(pull, 'head', 'sha') : undefined) ?? env['GITHUB_SHA'] ?? '';
    // Of a ref that was deleted.
    const sha = /^0+$/.test(said) ? '' : said;
    const workflowRun = readRun(env['GITHUB_WORKFLOW_REF'], env['GITHUB_RUN_NUMBER']);
    const isTold = sha !== '' && sha === (0,plan_payload/* textAt */.$6)(payload, 'head_commit', 'id');
    const committed = isTold ? (0,plan_payload/* textAt */.$6)(payload, 'head_commit', 'timestamp') : undefined;
    const tree = isTold ? (0,plan_payload/* textAt */.$6)(payload, 'head_commit', 'tree_id') : undefined;
    const merged = isTold ? mergedPull((0,plan_payload/* textAt */.$6)(payload, 'head_commit', 'message') ?? '') : undefined;
    return {
        source: 'github',
        name,
        ...(action === undefined ? {} : { action }),
        ref,
        sha,
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        defaultBranchGuessed: false,
        repository,
        origin,
        foreignCode,
        ...(commentOnPull ? { commentOnPull } : {}),
        actor,
        ...(committed === undefined ? {} : { committed }),
        ...(tree === undefined ? {} : { tree }),
        ...(merged === undefined ? {} : { merged }),
        serverUrl,
        ...((0,plan_payload/* textAt */.$6)(payload, 'repository', 'visibility') === 'public' ? { publicRepository: true } : {}),
        ...(about === undefined ? {} : { about }),
        ...(env['GITHUB_RUN_ID'] && repository ? { runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID']}` } : {}),
        ...(workflowRun === undefined ? {} : { run: workflowRun }),
        context: readContext(env, name, payload),
    };
}


/***/ }),

/***/ 89916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Me: () => (/* binding */ normaliseRegistry),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   UD: () => (/* binding */ dockerHub),
/* harmony export */   fh: () => (/* binding */ nameText),
/* harmony export */   "if": () => (/* binding */ parseImageName)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);

// The grammar: distribution/reference v0.6.0, regexp.go. A test holds it against that parser.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const label = '(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])';
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-f0-9:]+\\])(?::([0-9]+))?$`);
/** A single word that can only have been meant as a registry; Docker takes it for an image of that name. */
const hostAlone = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?$/;
const hexId = /^[a-f0-9]{64}$/;
/** Of the path alone: the host is not counted (reference.go, RepositoryNameTotalLengthMax). */
const longestPath = 255;
const dockerHub = 'docker.io';
/** Docker's own parser knows the first; the others are where its API and its web pages are. */
const otherHubs = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);
/**
 * The host of a registry, in lower case, with Docker Hub's other names made one. Narrower than the grammar, which
 * takes any digits for a port or an address: nothing can be asked of `host:99999` or `[::::]`.
 * @throws Invalid
 */
function parseHost(host) {
    if (host === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('names no registry host such as ghcr.io or localhost:5000');
    if (otherHubs.has(host))
        return dockerHub;
    const match = hostPattern.exec(host);
    if (!match)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has "${host}" where a registry host such as ghcr.io or localhost:5000 belongs`);
    const port = match[1];
    if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has the port ${port}, which is not between 1 and 65535`);
    // A host that ends in a number is an IPv4 address to a URL: 10.1 would be asked as 10.0.0.1.
    const { hostname } = URL.parse(`https://${host}`) ?? { hostname: '' };
    if (hostname === '' || !(host.startsWith('[') || host.replace(/:\d+$/, '') === hostname))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has the host "${host}", which is no address`);
    return host;
}
/** The host of a registry as people write it in a login: with a scheme, with `/v1/` behind it. @throws Invalid */
function normaliseRegistry(text) {
    const host = text
        .trim()
        .replace(/^https?:\/\//i, '')
        .replace(/\/(v[12]\/?)?$/, '')
        .toLowerCase();
    return parseHost(host);
}
/** Which rule of the grammar a path breaks. */
function pathProblem(path) {
    if (path === '')
        return 'has no name behind the registry';
    if (path.startsWith('/') || path.endsWith('/') || path.includes('//'))
        return 'has a / with nothing before or behind it';
    const foreign = /[^a-z0-9._/-]/.exec(path)?.[0];
    if (foreign !== undefined)
        return `holds "${foreign}"; allowed are letters, digits, and . _ - / between them`;
    const bad = path.split('/').find((part) => !pathPattern.test(part)) ?? path;
    if (/^[._-]|[._-]$/.test(bad))
        return `has the part "${bad}", which must start and end with a letter or digit`;
    return `has the part "${bad}"; between letters and digits may stand one ., one _, two __, or any number of -`;
}
/**
 * Reads one name: the grammar of distribution/reference, normalised as Docker does (no registry is Docker Hub, a single
 * word there is in `library`). Upper case is lowered, as docker/metadata-action does: owners on GitHub have it,
 * registries do not.
 * @throws Invalid with what is wrong
 */
function parseImageName(given) {
    if (given === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is no image name');
    if (given.startsWith('- '))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('starts with "- ": the lines are no YAML list, leave that out');
    const odd = /[^\x21-\x7e]/u.exec(given)?.[0];
    if (odd !== undefined && /\s/.test(odd))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('holds a space or line break: give each name a line of its own');
    if (odd !== undefined)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`holds ${JSON.stringify(odd)}, which is not plain ASCII`);
    if (/^[a-z][a-z+-]*:\/\//i.test(given))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('starts with a scheme: leave out what is before the host, and ://');
    if (given.includes('@'))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('has a digest or a user behind or before @: give the name alone');
    const text = given.toLowerCase();
    if (hexId.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is 64 hexadecimal digits, which Docker takes for an image id');
    const slash = text.indexOf('/');
    if (slash < 0 && hostAlone.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is a registry alone: the name of the image is missing');
    const first = text.slice(0, Math.max(slash, 0));
    const named = /[.:]/.test(first) || first === 'localhost';
    const registry = named ? parseHost(first) : dockerHub;
    const path = named ? text.slice(slash + 1) : text;
    if (path.includes(':'))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('has a tag: tags go into the input tags');
    if (!pathPattern.test(path))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(pathProblem(path));
    const full = registry === dockerHub && !path.includes('/') ? `library/${path}` : path;
    if (full.length > longestPath)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is longer than ${longestPath} characters (${full.length}, without the registry)`);
    return { registry, path: full, given };
}
/** The name as it was written, in lower case: what docker/metadata-action puts before its tags. */
function nameText(name) {
    return name.given.toLowerCase();
}
/** Hosts that Docker, too, speaks plain HTTP with. */
function isLoopback(registry) {
    return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(registry);
}


/***/ }),

/***/ 94516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bb: () => (/* binding */ inputHash),
/* harmony export */   _r: () => (/* binding */ partsText),
/* harmony export */   jE: () => (/* binding */ inputParts),
/* harmony export */   qi: () => (/* binding */ partTexts),
/* harmony export */   tX: () => (/* binding */ differences)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(76760);
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(78864);
/* harmony import */ var _inputs_leak_ignore_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(37481);
/* harmony import */ var _inspect_leaks_rules_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(18119);





/** What decides an image and its gates, and how each is called where it was another. */
const partTexts = {
    commit: 'another commit',
    dockerfile: 'another Dockerfile',
    'build-args': 'other build-args',
    target: 'another target',
    folders: 'other folders (working-directory, context, file, build-contexts)',
    build: 'other options of the build',
    labels: 'other labels or annotations',
    test: 'other inputs of the tests',
    smoke: 'other inputs of the smoke test',
    metrics: 'another metrics-file or require',
    leaks: 'another leak-check or leak-ignore',
    size: 'another max-image-size or max-size-increase',
    advice: 'another advice',
    accept: 'another accept',
    attest: 'another attest',
};
/** Text of each part in the label: enough of its hash to tell two apart. The whole hash decides. */
const shown = 16;
const sha256 = (text) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
/** A value as JSON has it, whatever the order in which its keys and members were written; patterns with their flags. */
function canonical(value) {
    if (value instanceof RegExp || (typeof value === 'number' && !Number.isFinite(value)) || typeof value === 'bigint')
        return String(value);
    if (value instanceof Set)
        return [...value].map(canonical).sort();
    if (Array.isArray(value))
        return value.map(canonical);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(byKey)
        .map(([key, member]) => [key, canonical(member)]);
}
/** Values of variables may be secret: their names must do, and the workflow that gives them. */
function namesOf(env, { run }) {
    const names = Object.keys(env).sort();
    return names.length === 0 ? [] : [names, run?.workflow];
}
function buildOf({ options }) {
    const { platforms, allow, secrets, ssh } = options;
    return {
        ...options,
        // setup-buildx calls each builder it makes another name; the others are about the machine.
        ...{ builder: undefined, timeoutMs: undefined, imageStore: undefined, freeDisk: undefined, contexts: undefined },
        platforms: platforms.toSorted(),
        allow: allow.toSorted(),
        secrets: secrets.map(({ id }) => id).sort(),
        ssh: ssh.map((entry) => entry.split('=')[0]).sort(),
    };
}
/** What a run is asked, by parts; nothing in it depends on the machine, or on where the workspace lies. */
function inputParts(inputs, event) {
    const { build, test, smoke, quality, workspace, workingDirectory } = inputs;
    const inside = (path) => (path.startsWith('/') ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, path) : path);
    const asked = {
        commit: event.sha,
        dockerfile: build.dockerfile,
        'build-args': build.args,
        target: build.target ?? '',
        folders: {
            ...{ project: inside(workingDirectory), context: inside(build.context), file: inside(build.file) },
            contexts: Object.fromEntries(Object.entries(build.options.contexts).map(([name, source]) => [name, inside(source)])),
        },
        build: buildOf(build),
        labels: [inputs.labels, inputs.annotations],
        test: test.run && { ...test, env: namesOf(test.env, event) },
        smoke: smoke.run && {
            ...smoke,
            record: undefined,
            env: namesOf(smoke.env, event),
            compose: smoke.compose && { ...smoke.compose, files: smoke.compose.files.map(inside) },
        },
        metrics: quality.file ? [(0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .placeText */ .Z9)(quality.file), quality.requirements.map(({ text }) => text)] : [],
        // Rules that are new have not looked at an image of before.
        leaks: inputs.leaks.check && [_inspect_leaks_rules_js__WEBPACK_IMPORTED_MODULE_4__/* .ruleIds */ .Zl, inputs.leaks.ignore.map(_inputs_leak_ignore_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreText */ .cx).sort()],
        size: [inputs.size.most?.bytes, { ...inputs.size.increase, text: undefined }],
        // What only warns decides nothing.
        advice: inputs.advice === 'error',
        accept: inputs.accept,
        attest: inputs.attest,
    };
    const hash = (part) => sha256(JSON.stringify(canonical(asked[part])));
    return Object.fromEntries(Object.keys(partTexts).map((part) => [part, hash(part)]));
}
/**
 * sha256 (hex) over what decides what is built and what is gated: the commit, the Dockerfile, build and gate inputs;
 * generated labels, tags, logins and caches are left out. Two runs with the same hash ask the same of the same code.
 */
function inputHash(parts) {
    return sha256(JSON.stringify({ version: 2, ...parts }));
}
/** The parts in one line, for a label: `commit=5f16d0f4f7a6c1b2 dockerfile=...`. */
function partsText(parts) {
    return Object.entries(parts)
        .map(([part, hash]) => `${part}=${hash.slice(0, shown)}`)
        .join(' ');
}
/** What was another where two such lines differ, in words; empty where they do not, or one is missing. */
function differences(theirs, ours) {
    if (theirs === undefined || ours === undefined)
        return [];
    const said = new Set(theirs.split(' '));
    return ours.split(' ').flatMap((entry) => {
        const [part = ''] = entry.split('=');
        return said.has(entry) || !Object.hasOwn(partTexts, part) ? [] : [partTexts[part]];
    });
}


/***/ }),

/***/ 24866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Ne: () => (/* binding */ computeIndexLabels),
  zt: () => (/* binding */ computeLabels),
  Tc: () => (/* binding */ inputHashLabel),
  X2: () => (/* binding */ inputPartsLabel),
  jj: () => (/* binding */ labelsAfterTests),
  Y9: () => (/* binding */ movingTagsLabel),
  wc: () => (/* binding */ revisionLabel),
  Az: () => (/* binding */ runLabel),
  $k: () => (/* binding */ wasAskedTheSame),
  Sz: () => (/* binding */ workflowLabel)
});

// UNUSED EXPORTS: treeLabel

// EXTERNAL MODULE: ./lib/model/facts.js
var facts = __nccwpck_require__(72910);
// EXTERNAL MODULE: ./lib/plan/input-hash.js
var input_hash = __nccwpck_require__(94516);
;// CONCATENATED MODULE: ./lib/plan/labels/clean.js
/** A description on GitHub has up to 350 characters; nothing that we know of needs more. */
const longestValue = 512;
/** One line of printable text: control characters and line breaks become a space, and too much is cut off. */
function cleanValue(value) {
    const line = value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();
    const characters = [...line];
    return characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join('')}…` : line;
}
/** Cleans every value, leaves out what is not known, and sorts by key. */
function cleanLabels(labels) {
    const known = Object.entries(labels).flatMap(([key, value]) => (value === undefined ? [] : [[key, cleanValue(value)]]));
    return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
}

// EXTERNAL MODULE: ./lib/plan/clock.js
var plan_clock = __nccwpck_require__(36741);
;// CONCATENATED MODULE: ./lib/plan/labels/oci.js

/** When the image was made: SOURCE_DATE_EPOCH (seconds), else the time of the commit. Never the clock. */
function createdTime(event, sourceDateEpoch) {
    const clock = (0,plan_clock/* clockOf */.i)(sourceDateEpoch);
    const epoch = clock === undefined ? undefined : new Date(clock);
    const committed = event.committed === undefined ? undefined : new Date(event.committed);
    return [epoch, committed].find((time) => time && !Number.isNaN(time.getTime()))?.toISOString();
}
/**
 * The labels of docker/metadata-action, key by key and value by value (its src/meta.ts, v6): `url` and `source` are both
 * the page of the repository; what the repository does not have is an empty value; a licence that GitHub does not know
 * is `NOASSERTION`. Other than there, `created` is no clock's time, and what nobody could tell (no API, a laptop) has no
 * label: an empty one would hide that of the Dockerfile.
 */
function ociLabels(event, version, sourceDateEpoch) {
    const { about, repository, serverUrl } = event;
    // Of a repository that is known these two are facts as well, there too.
    const orEmpty = (value) => value || (about ? '' : undefined);
    const page = about?.url ?? (repository === '' ? undefined : `${serverUrl}/${repository}`);
    return {
        'org.opencontainers.image.created': createdTime(event, sourceDateEpoch),
        'org.opencontainers.image.description': about?.description,
        'org.opencontainers.image.licenses': about?.license,
        'org.opencontainers.image.revision': orEmpty(event.sha),
        'org.opencontainers.image.source': page,
        'org.opencontainers.image.title': about?.name ?? repository.split('/')[1],
        'org.opencontainers.image.url': page,
        'org.opencontainers.image.version': orEmpty(version),
    };
}

// EXTERNAL MODULE: ./lib/plan/labels/own.js
var labels_own = __nccwpck_require__(35595);
;// CONCATENATED MODULE: ./lib/plan/labels.js





const inputHashLabel = `${labels_own/* labelPrefix */.Tb}.input-hash`;
/** What the hash is made of, by parts: it tells what was another. */
const inputPartsLabel = `${labels_own/* labelPrefix */.Tb}.input-parts`;
/** The tree of the commit, as git names it: a merge may have the tree of its pull request. */
const treeLabel = `${labels_own/* labelPrefix */.Tb}.tree`;
const revisionLabel = 'org.opencontainers.image.revision';
/** The moving tags that the run of an image was after, with spaces between: by this others know that it wants them. */
const movingTagsLabel = `${labels_own/* labelPrefix */.Tb}.moving-tags`;
const workflowLabel = `${labels_own/* labelPrefix */.Tb}.workflow`;
const runLabel = `${labels_own/* labelPrefix */.Tb}.run`;
/** The commit does not decide the image of such a run: it is there for what has changed elsewhere. */
const decidedByRun = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch']);
/**
 * The labels that the commit and the inputs decide, sorted by key. Nothing here depends on the clock, the run or the
 * machine, so that one commit gives one image.
 */
function computeLabels(inputs, event, tags, sourceDateEpoch, model = facts/* nothingKnown */.H) {
    const parts = (0,input_hash/* inputParts */.jE)(inputs, event);
    const asked = { [inputHashLabel]: (0,input_hash/* inputHash */.Bb)(parts), [inputPartsLabel]: (0,input_hash/* partsText */._r)(parts), [treeLabel]: event.tree };
    const own = { ...(0,labels_own/* ownLabels */.ct)(model, (0,labels_own/* skippedGates */.DL)(inputs)), ...asked };
    return originLabels(event, tags, sourceDateEpoch, own);
}
function originLabels(event, tags, sourceDateEpoch, own) {
    const clean = cleanLabels({
        ...ociLabels(event, tags[0]?.name ?? '', sourceDateEpoch),
        ...own,
        [workflowLabel]: decidedByRun.has(event.name) ? event.run?.workflow : undefined,
        [runLabel]: decidedByRun.has(event.name) ? event.run?.number.toString() : undefined,
    });
    // Whole, and also where there are none: a base image of ours would hand down its own.
    const moving = tags.flatMap(({ name, moves }) => (moves ? [name] : [])).join(' ');
    return Object.fromEntries(Object.entries({ ...clean, [movingTagsLabel]: moving }).sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** The same, of what the inputs of a merge decide: where the index is from, and which tags move onto it. */
function computeIndexLabels(event, tags, sourceDateEpoch) {
    return originLabels(event, tags, sourceDateEpoch, {});
}
/** The labels of a build that waited for the tests: with the model that they may have made, and how they came out. */
function labelsAfterTests(planned, inputs, model, tests) {
    const own = cleanLabels((0,labels_own/* ownLabels */.ct)(model, { ...(0,labels_own/* skippedGates */.DL)(inputs), tests }));
    // What the user said of a label of ours stays.
    return Object.fromEntries(Object.entries({ ...own, ...planned }).sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** The line of parts without that of the commit. */
const beyondCommit = (labels) => labels[inputPartsLabel]?.replace(/\bcommit=\w+ ?/, '');
/**
 * Whether an image, by its labels, is of a run that was asked the same as one that gives those: of the same commit, or of
 * another with the same tree.
 */
function wasAskedTheSame(said, asked) {
    const same = (label) => (asked[label] ?? '') !== '' && said[label] === asked[label];
    return ((same(inputHashLabel) && same(revisionLabel)) ||
        (same(treeLabel) && (beyondCommit(asked) ?? '') !== '' && beyondCommit(said) === beyondCommit(asked)));
}


/***/ }),

/***/ 35595:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ metricLabel),
/* harmony export */   DL: () => (/* binding */ skippedGates),
/* harmony export */   Tb: () => (/* binding */ labelPrefix),
/* harmony export */   Y9: () => (/* binding */ testsComeFirst),
/* harmony export */   ct: () => (/* binding */ ownLabels),
/* harmony export */   eS: () => (/* binding */ metricsComeFirst)
/* harmony export */ });
/** Our own labels are under this prefix. */
const labelPrefix = 'io.github.ml-image-action';
/** What the inputs alone decide: a gate that is turned off. */
function skippedGates({ test, smoke }) {
    return { ...(test.run ? {} : { tests: 'skipped' }), ...(smoke.run ? {} : { smoke: 'skipped' }) };
}
/** Whether the tests end before the build starts: they may make the model, and the image may say that they passed. */
function testsComeFirst({ test }) {
    return test.run && test.first && test.place.kind === 'runner';
}
/** Whether metrics in the workspace are read when the run starts: then they can be labels, and a red one stops all else. */
function metricsComeFirst(inputs) {
    return inputs.quality.file?.kind === 'workspace' && !testsComeFirst(inputs);
}
/** The label of a metric; what a key cannot hold becomes a dash. */
function metricLabel(name) {
    return `${labelPrefix}.metric.${name.replace(/[^\w.-]+/g, '-')}`;
}
/** The model, the frameworks that run it, and the gates that are known at build time. */
function ownLabels(model, gates) {
    const own = {
        'model.name': model.name,
        'model.version': model.version,
        'model.uuid': model.uuid,
        'model.flavors': model.flavors?.join(','),
        'model.file': model.files.length === 1 ? model.files[0] : undefined,
        'model.digest': model.digest,
        ...Object.fromEntries(Object.entries(model.frameworks).map(([name, version]) => [`framework.${name}`, version])),
        'gate.tests': gates.tests,
        'gate.smoke': gates.smoke,
    };
    return Object.fromEntries([
        ...Object.entries(own).map(([key, value]) => [`${labelPrefix}.${key}`, value]),
        ...Object.entries(model.metrics ?? {}).map(([name, value]) => [metricLabel(name), String(value)]),
    ]);
}


/***/ }),

/***/ 63930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ withLabels),
/* harmony export */   N: () => (/* binding */ metadataOf)
/* harmony export */ });
/* harmony import */ var _custom_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(95214);

/** Of a value over several lines its `json` holds the first. */
function firstLines(pairs) {
    return Object.fromEntries(pairs.map(([name, value]) => [name, /^.*/.exec(value)?.[0] ?? '']));
}
/** `images` as they were written, in lower case; `names` of the tags may repeat, as theirs do. */
function metadataOf(images, names, labels, annotations, levels) {
    const tags = images.flatMap((image) => names.map((name) => `${image}:${name}`));
    const annotationLines = levels.flatMap((level) => (0,_custom_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .pairLines */ .GC)(annotations).map((line) => `${level}:${line}`));
    const json = { tags, 'tag-names': names, labels: firstLines(labels), annotations: annotationLines };
    return {
        version: names[0] ?? '',
        tags,
        tagNames: names,
        labels: (0,_custom_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .pairLines */ .GC)(labels),
        annotations: annotationLines,
        json: JSON.stringify(json),
    };
}
/** The same with other labels: those of a build that waited for its tests. */
function withLabels(metadata, labels) {
    const pairs = (0,_custom_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .mergePairs */ .g9)(labels, []);
    const json = { ...JSON.parse(metadata.json), labels: firstLines(pairs) };
    return { ...metadata, labels: (0,_custom_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .pairLines */ .GC)(pairs), json: JSON.stringify(json) };
}


/***/ }),

/***/ 33981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   Nu: () => (/* binding */ readRepository),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   ex: () => (/* binding */ parsePayload)
/* harmony export */ });
/** Walks into a payload: `at(payload, 'pull_request', 'head', 'sha')`. */
function at(value, ...path) {
    let here = value;
    for (const key of path) {
        if (typeof here !== 'object' || here === null)
            return undefined;
        here = here[key];
    }
    return here;
}
/** The same, for a text that is not empty. */
function textAt(value, ...path) {
    const found = at(value, ...path);
    return typeof found === 'string' && found !== '' ? found : undefined;
}
/** The payload of an event; an empty one when there is none to read. */
function parsePayload(text) {
    try {
        return JSON.parse(text ?? '{}');
    }
    catch {
        return {};
    }
}
/** What a `repository` of GitHub says, in a payload or as the API's answer; parts of a payload may be missing. */
function readRepository(repository) {
    const defaultBranch = textAt(repository, 'default_branch');
    const name = textAt(repository, 'name');
    const url = textAt(repository, 'html_url');
    // Null is an answer: there is none. Missing is not.
    const whole = at(repository, 'license') !== undefined && at(repository, 'description') !== undefined;
    const about = name === undefined || url === undefined || !whole ? undefined : { name, url };
    return {
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        ...(about === undefined
            ? {}
            : {
                about: {
                    ...about,
                    description: textAt(repository, 'description') ?? '',
                    license: textAt(repository, 'license', 'spdx_id') ?? '',
                },
            }),
    };
}


/***/ }),

/***/ 44907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ makePlan),
  F: () => (/* binding */ planImage)
});

// EXTERNAL MODULE: ./lib/inputs/declared.js
var declared = __nccwpck_require__(16307);
// EXTERNAL MODULE: ./lib/model/facts.js
var facts = __nccwpck_require__(72910);
// EXTERNAL MODULE: ./lib/plan/access.js
var plan_access = __nccwpck_require__(92249);
// EXTERNAL MODULE: ./lib/plan/custom-labels.js
var custom_labels = __nccwpck_require__(95214);
// EXTERNAL MODULE: ./lib/plan/image-name.js
var image_name = __nccwpck_require__(89916);
// EXTERNAL MODULE: ./lib/plan/labels.js + 2 modules
var labels = __nccwpck_require__(24866);
// EXTERNAL MODULE: ./lib/plan/metadata.js
var plan_metadata = __nccwpck_require__(63930);
// EXTERNAL MODULE: ./lib/inputs/inputs.js
var inputs = __nccwpck_require__(78864);
// EXTERNAL MODULE: ./lib/plan/clouds.js
var clouds = __nccwpck_require__(29301);
;// CONCATENATED MODULE: ./lib/plan/missing.js




/** What to give for a registry that nobody logs in to. */
function loginExample(registry) {
    if (registry === 'ghcr.io')
        return ['github-token', 'github-token: ${{ github.token }}'];
    if ((0,clouds/* ecrPlace */.OS)(registry))
        return ['password', 'uses: aws-actions/configure-aws-credentials in a step before this one'];
    if ((0,clouds/* isGoogle */.E_)(registry))
        return ['password', 'uses: google-github-actions/auth in a step before this one'];
    if ((0,clouds/* isAzure */.QH)(registry))
        return ['password', 'AZURE_CLIENT_ID and AZURE_TENANT_ID in env, and permissions: id-token: write'];
    return ['password', 'password: ${{ secrets.REGISTRY_TOKEN }}'];
}
function missingLogins(access, inputs) {
    return [...access].flatMap(([registry, asked]) => {
        const { kind } = (0,plan_access/* loginFor */.LD)(asked, 'push');
        if (kind === 'dockerhub-oidc' && inputs.credentials.clouds?.idToken !== true) {
            const reason = 'is not granted to this job, and the login to Docker Hub by DOCKERHUB_OIDC_CONNECTIONID needs it';
            return [{ input: 'permissions', value: 'id-token', reason, example: 'permissions: {id-token: write}' }];
        }
        if (kind !== 'anonymous' || (0,image_name/* isLoopback */.U9)(registry))
            return [];
        const [input, example] = loginExample(registry);
        return [{ input, value: '', reason: `and the job has no login to ${registry}, which the image would be pushed to`, example }];
    });
}
/** `app` alone is `library/app` on Docker Hub. */
function officialNames(names) {
    return names
        .filter(({ registry, path }) => registry === image_name/* dockerHub */.UD && path.startsWith('library/'))
        .map(({ given, path }) => ({
        input: 'images',
        value: given,
        reason: 'is an official image of Docker Hub, which Docker alone can push',
        example: `images: ACCOUNT/${path.slice('library/'.length)}`,
    }));
}
function missingTags(tags, inputs) {
    if (tags.length > 0)
        return [];
    const own = inputs.tags.length > 0;
    const reason = own
        ? 'gives no tag on this event, and push is true'
        : 'and neither the commit nor the ref is known, so there is no tag to push';
    const example = `tags: ${own ? 'type=defaults' : 'type=raw,value=v1'}`;
    return [{ input: 'tags', value: inputs.tags.map(({ line }) => line).join(' '), reason, example }];
}
/** What a push needs and there is not, to be told before anything is run. */
function missingForPush(inputs, access, tags) {
    return [...missingLogins(access, inputs), ...officialNames(inputs.images), ...(tags ? missingTags(tags, inputs) : [])];
}
/** A dry run needs none of it; a run would. */
function wouldBeRefused(problem) {
    return `A run would be refused. ${(0,inputs/* problemText */.fI)(problem)}.`;
}
/** Where `push: auto` finds no tag to push under, it does not push: other events may have one. */
function withTags(push, tags, inputs) {
    if (!push.push || inputs.push !== 'auto' || inputs.tags.length === 0 || tags.length > 0)
        return push;
    return { push: false, reason: `${push.reason}, but no line of tags gives a tag on this event` };
}
/** Names that registries do not take as they were written. */
function loweredNames(names) {
    return names
        .filter((name) => name.given !== (0,image_name/* nameText */.fh)(name))
        .map((name) => `The image is called ${(0,image_name/* nameText */.fh)(name)}, not ${name.given}: registries take lower case only.`);
}

// EXTERNAL MODULE: ./lib/handover/place.js
var place = __nccwpck_require__(45764);
// EXTERNAL MODULE: ./lib/plan/event.js
var plan_event = __nccwpck_require__(77627);
;// CONCATENATED MODULE: ./lib/plan/push-policy.js


const no = (reason) => ({ push: false, reason });
const yes = (reason) => ({ push: true, reason });
/** Types of the event `release` that come when it becomes public; the others come with a draft, an edit, a removal. */
const published = new Set(['published', 'released', 'prereleased']);
function ofAuto(event) {
    if (event.source === 'git')
        return no('a run by hand pushes only with push: true');
    const onDefault = (0,plan_event/* onDefaultBranch */.Lt)(event);
    const branch = event.ref.kind === 'branch' ? event.ref.name : '';
    const called = event.defaultBranchGuessed
        ? `${branch} (taken for the default branch, as nothing says which it is)`
        : `the default branch ${branch}`;
    switch (event.name) {
        case 'push':
            if (event.sha === '')
                return no('push without a commit, as of a ref that was deleted');
            if (event.ref.kind === 'tag')
                return yes(`push of the tag ${event.ref.name}`);
            if (onDefault)
                return yes(`push to ${called}`);
            return no(`push to ${branch || 'no branch'}, which is not the default branch (push: true would)`);
        case 'release':
            return event.action === undefined || published.has(event.action)
                ? yes(event.action === 'prereleased' ? 'a published pre-release' : 'a published release')
                : no(`release ${event.action}, not published`);
        case 'schedule':
            return yes('schedule, which runs on the default branch');
        case 'workflow_dispatch':
        case 'repository_dispatch':
            return onDefault ? yes(`dispatch on ${called}`) : no('dispatch on another ref than the default branch (push: true would)');
        default:
            return no(`${event.name || 'no event'}: auto pushes on the default branch, tags, releases, schedule and dispatch only`);
    }
}
/** The rules of the input `push`; what is not, or may not be, the repository's own code is never pushed, whatever it says. */
function decidePush(input, event) {
    if (input === 'false')
        return no('push is false');
    // A folder needs no credentials: whose code it is matters to the job that publishes it.
    if (typeof input === 'object')
        return { ...no(`push is ${(0,place/* placeText */.Z)(input)}, a folder for another job to publish`), layout: input };
    if (event.origin === 'fork')
        return no('the code comes from a fork, which gets no credentials');
    if (event.origin === 'dependabot')
        return no('the run is by Dependabot, which gets no credentials');
    if (event.origin === 'unknown')
        return no(`nothing says whose code ${event.name} is about`);
    if (event.name === 'merge_group')
        return no('a merge group is not merged yet');
    if (input === 'digest')
        return { ...yes('push is digest'), only: 'digest' };
    return input === 'true' ? yes('push is true') : ofAuto(event);
}

// EXTERNAL MODULE: ./lib/plan/tags.js + 2 modules
var plan_tags = __nccwpck_require__(45338);
;// CONCATENATED MODULE: ./lib/plan/plan.js










/** An image without an index takes no annotation of one: BuildKit refuses it. */
const ofIndex = /^index(-descriptor)?(\[|:)/;
const cacheName = (reference) => reference === undefined ? undefined : (0,image_name/* parseImageName */["if"])(reference.replace(/:[^:/]+$/, ''));
/** A cache is pushed before the gates: under a tag of the image it would stand where people look for the image. */
function cacheAmongTags({ cache, images }, tags) {
    const image = cache?.image;
    const name = cacheName(image);
    const tag = /:([^:/]+)$/.exec(image ?? '')?.[1];
    if (image === undefined || name === undefined)
        return [];
    if (!images.some(({ registry, path }) => registry === name.registry && path === name.path))
        return [];
    if (!tags.some((one) => one.name === tag))
        return [];
    const example = `cache-image: ${image.replace(/:[^:/]+$/, '')}:cache`;
    return [{ input: 'cache-image', value: image, reason: 'is a tag of the image itself, which the cache would take the place of', example }];
}
/** Decides the whole run. `dockerConfig` is the text of the job's own config.json. Pure. */
function makePlan(inputs, event, dockerConfig, sourceDateEpoch, tools = { libraries: {}, now: 0 }, model = facts/* nothingKnown */.H) {
    return planImage(inputs, event, dockerConfig, tools, (tags) => (0,labels/* computeLabels */.zt)(inputs, event, tags, sourceDateEpoch, model));
}
/** The same for an image with these labels, however it comes to be. Pure. */
function planImage(inputs, event, dockerConfig, { libraries, now }, labelsFor) {
    const problems = [];
    const { flavor, settings } = inputs;
    const tagging = (0,plan_tags/* computeTags */.$o)({ rules: inputs.tags, flavor, settings, libraries, now }, event);
    const { tags } = tagging;
    const labelLines = (0,custom_labels/* renderLines */.ET)(inputs.labels, event, settings, libraries, now);
    const annotationLines = (0,custom_labels/* renderLines */.ET)(inputs.annotations, event, settings, libraries, now);
    for (const [input, found] of Object.entries({ tags: tagging, labels: labelLines, annotations: annotationLines })) {
        for (const { line, reason } of found.problems)
            problems.push({
                input,
                value: line.slice(0, 60),
                reason,
                example: `${input}: ${declared/* declaredInputs */.W[input].example}`,
            });
    }
    const push = withTags(decidePush(inputs.push, event), tags, inputs);
    const registries = [...new Set(inputs.images.map((image) => image.registry))];
    // The registry of the images, where it is not named: a cache or a base image elsewhere is none of its login's business.
    const own = inputs.credentials.registry ?? registries[0];
    const credentials = { ...inputs.credentials, ...(own === undefined ? {} : { registry: own }) };
    const accessOf = (registry) => (0,plan_access/* accessTo */.Yi)(registry, credentials, event.actor, dockerConfig);
    const access = new Map(registries.map((registry) => [registry, accessOf(registry)]));
    // Of tags that could not be made out none is missing.
    const missing = push.push ? missingForPush(inputs, access, problems.length > 0 || push.only ? undefined : tags) : [];
    if (!inputs.dryRun)
        problems.push(...missing);
    const cached = cacheName(inputs.cache?.image);
    const taken = inputs.from?.kind === 'registry' ? inputs.from.name.registry : undefined;
    // What base images and the cache may be read from.
    const further = [
        ...(inputs.credentials.auths ?? []).map(({ registry }) => registry),
        ...(cached ? [cached.registry] : []),
        ...(taken === undefined ? [] : [taken]),
    ];
    for (const registry of further)
        if (!access.has(registry))
            access.set(registry, accessOf(registry));
    problems.push(...cacheAmongTags(inputs, tags));
    if (problems.length > 0)
        return { kind: 'problems', problems };
    const base = labelsFor(tags);
    const labels = (0,custom_labels/* mergePairs */.g9)(base, labelLines.lines);
    const oci = Object.fromEntries(Object.entries(base).filter(([name]) => name.startsWith('org.opencontainers.image.')));
    const annotations = (0,custom_labels/* mergePairs */.g9)(oci, annotationLines.lines);
    const metadata = (0,plan_metadata/* metadataOf */.N)(inputs.imageTexts, tagging.names, labels, annotations, settings.annotationLevels);
    const builtIn = inputs.annotations.length > 0 ? metadata.annotations : [];
    return {
        kind: 'plan',
        plan: {
            event,
            names: inputs.images,
            tags,
            references: inputs.images.flatMap((name) => tags.map((tag) => `${(0,image_name/* nameText */.fh)(name)}:${tag.name}`)),
            labels: Object.fromEntries(labels),
            annotations: builtIn.filter((line) => !ofIndex.test(line)),
            version: metadata.version,
            metadata,
            push,
            access,
            notices: [
                ...inputs.notices,
                ...loweredNames(inputs.images),
                ...(inputs.dryRun ? missing.map(wouldBeRefused) : []),
                ...tagging.notices,
                ...labelLines.notices.map((text) => `labels: ${text}`),
                ...annotationLines.notices.map((text) => `annotations: ${text}`),
                ...(builtIn.some((line) => ofIndex.test(line)) ? ['Annotations of an index are left out: this image is a single manifest.'] : []),
            ],
        },
    };
}


/***/ }),

/***/ 45338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $o: () => (/* binding */ computeTags),
  Kl: () => (/* binding */ faultOf),
  bK: () => (/* binding */ literalText),
  fD: () => (/* binding */ rulesOf)
});

// EXTERNAL MODULE: ./lib/inputs/parse.js
var parse = __nccwpck_require__(34170);
// EXTERNAL MODULE: ./lib/plan/tags/facts.js
var tags_facts = __nccwpck_require__(52110);
// EXTERNAL MODULE: ./lib/plan/tags/fit.js
var fit = __nccwpck_require__(32222);
// EXTERNAL MODULE: ./lib/plan/tags/flavor.js
var tags_flavor = __nccwpck_require__(76965);
// EXTERNAL MODULE: ./lib/plan/tags/grammar.js
var grammar = __nccwpck_require__(87996);
// EXTERNAL MODULE: ./lib/plan/tags/rule.js
var tags_rule = __nccwpck_require__(28911);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __nccwpck_require__(62088);
// EXTERNAL MODULE: ./lib/plan/tags/expression.js
var expression = __nccwpck_require__(68915);
;// CONCATENATED MODULE: ./lib/plan/tags/version.js


const isFull = (pattern) => /\b(version|raw)\b/.test(pattern) || ['major', 'minor', 'patch'].every((part) => pattern.includes(part));
/**
 * `name` (slashes made hyphens) by semver's strict rules, in `pattern`: raw, version, major, minor, patch. Of a
 * pre-release every pattern but `{{raw}}` gives the whole version. Undefined when it is none. @throws Invalid
 */
function semverIn(name, pattern, libraries) {
    const version = semver.valid(name) === null ? null : semver.parse(name, { loose: true });
    if (!version)
        return undefined;
    const final = semver.prerelease(name) === null;
    const taken = final || (0,expression/* isRawStatement */.EK)(pattern, libraries) ? pattern : '{{version}}';
    const text = (0,expression/* render */.XX)(taken, version, libraries);
    return { text, version: { scheme: 'semver', value: version.version }, final, full: isFull(taken) };
}
/** The same by PEP 440, where pre-, post- and dev-releases are whole. */
function pep440In(name, pattern, libraries) {
    const { pep440 } = libraries;
    if (!pep440)
        throw new Error('a version is read that was not announced to loadLibraries');
    const explained = pep440.valid(name) === null ? null : pep440.explain(name);
    if (!explained)
        return undefined;
    const clean = pep440.clean(name) ?? '';
    const version = { scheme: 'pep440', value: clean };
    if (explained.is_prerelease || explained.is_postrelease || explained.is_devrelease) {
        return { text: (0,expression/* isRawStatement */.EK)(pattern, libraries) ? name : clean, version, final: false, full: true };
    }
    const values = {
        raw: () => name,
        version: () => clean,
        major: () => pep440.major(name),
        minor: () => pep440.minor(name),
        patch: () => pep440.patch(name),
    };
    return { text: (0,expression/* render */.XX)(pattern, values, libraries), version, final: true, full: isFull(pattern) };
}

;// CONCATENATED MODULE: ./lib/plan/tags/value.js






const holds = (text, names) => new RegExp(`\\{\\{[^}]*\\b(${names})\\b`).test(text);
/** The name that version and match rules look at: `value`, else that of the pushed tag. */
function subject(rule, { facts }, rendered) {
    return rule.value === '' ? (0,tags_facts/* tagOf */.cO)(facts) : rendered(rule.value);
}
/** Group 1 of `match`, slashes made hyphens; the whole where it does not match. */
function narrowed(name, match, notice) {
    if (match === '')
        return name.replaceAll('/', '-');
    const found = name.match(match);
    if (!found)
        notice(`${match} does not match ${name}.`);
    const group = found ? found[1] : name;
    if (group === undefined)
        throw new parse/* Invalid */.WO('has a match without a group that takes part: put brackets around the version, as in v(.*)');
    return group.replaceAll('/', '-');
}
/** Regular expressions as `String.match` reads them: with the flag g, group 1 is the second match. */
function matched(rule, name, notice) {
    const { source, flags } = (0,tags_rule/* splitPattern */.zm)(rule.pattern);
    const found = name.match(new RegExp(source, flags));
    if (!found) {
        notice(`${rule.pattern} does not match ${name}.`);
        return undefined;
    }
    const group = /^(0|[1-9]\d*)$/.test(rule.group) ? found[Number(rule.group)] : undefined;
    if (group === undefined)
        notice(`Group ${rule.group} does not exist for the pattern ${rule.pattern}.`);
    return group;
}
/** What of a rule stands between prefix and suffix; undefined where the event does not concern it. */
function baseOf(rule, around, rendered) {
    const { facts, libraries, notice } = around;
    const branch = (0,tags_facts/* branchOf */.W0)(facts);
    const tag = (0,tags_facts/* tagOf */.cO)(facts);
    switch (rule.type) {
        case 'schedule': {
            if (!facts.eventName.includes('schedule'))
                return undefined;
            const values = { date: (0,expression/* dateExpression */.tN)(facts.now, libraries, notice), commit_date: (0,expression/* dateExpression */.tN)(facts.committed, libraries, notice) };
            return { text: (0,expression/* render */.XX)(rule.pattern, values, libraries) };
        }
        case 'semver':
        case 'pep440': {
            const whole = subject(rule, around, rendered);
            if (whole === undefined)
                return undefined;
            const name = narrowed(whole, rule.match, notice);
            // Of our defaults, PEP 440 is asked only where semver has no answer.
            if (rule.from === 'defaults' && (rule.type === 'semver') !== (semver.valid(name) !== null))
                return undefined;
            const read = rule.type === 'semver' ? semverIn : pep440In;
            const found = read(name, rule.pattern, libraries);
            if (!found) {
                if (rule.from === 'user')
                    notice(`${name} is not a version by ${rule.type === 'semver' ? 'semver' : 'PEP 440'}.`);
                return undefined;
            }
            return { text: found.text, latest: found.final, stays: found.full, version: found.version };
        }
        case 'match': {
            const name = subject(rule, around, rendered);
            const text = name === undefined ? undefined : matched(rule, name, notice);
            return text === undefined ? undefined : { text, latest: true };
        }
        case 'edge':
            return branch !== undefined && branch === (rule.branch || facts.defaultBranch) ? { text: 'edge' } : undefined;
        case 'ref':
            if (rule.event === 'branch')
                return branch === undefined ? undefined : { text: branch, named: true };
            if (rule.event === 'tag')
                return tag === undefined ? undefined : { text: tag, latest: true, stays: true, named: true };
            return facts.ref.startsWith('refs/pull/') ? { text: facts.ref.slice('refs/pull/'.length).replace(/\/merge$/, '') } : undefined;
        case 'raw':
            return { text: rendered(rule.value) };
        case 'sha':
            return facts.sha === '' ? undefined : { text: rule.format === 'short' ? (0,tags_facts/* shortShaOf */.aW)(facts) : facts.sha, stays: true };
    }
}
/**
 * What a rule gives for a run; undefined when it is off, or has nothing to say. Rule by rule as docker/metadata-action
 * v6. @throws Invalid on what that throws on
 */
function evaluate(rule, around) {
    const { facts, libraries, flavor, notice } = around;
    const values = (0,expression/* globalValues */.wX)(facts, libraries, notice);
    const rendered = (text) => (0,expression/* render */.XX)(text, values, libraries);
    const enable = rendered(rule.enable);
    if (enable !== 'true' && enable !== 'false')
        throw new parse/* Invalid */.WO(`has enable=${rule.enable}, which comes out as "${enable}", neither true nor false`);
    if (enable === 'false')
        return undefined;
    const base = baseOf(rule, around, rendered);
    if (!base)
        return undefined;
    const prefix = rule.prefix ?? flavor.prefix;
    const suffix = rule.suffix ?? flavor.suffix;
    const text = `${rendered(prefix)}${base.text}${rendered(suffix)}`;
    const sources = [prefix, suffix, 'value' in rule && rule.type === 'raw' ? rule.value : ''].join('\n');
    return {
        text,
        latest: base.latest ?? false,
        moves: !base.stays && !holds(sources, 'sha'),
        named: base.named ?? holds(sources, 'branch|tag|base_ref'),
        ...(base.version ? { version: base.version } : {}),
    };
}

;// CONCATENATED MODULE: ./lib/plan/tags.js







const defaultRules = grammar/* defaultLines */.fF.flatMap((line) => (0,tags_rule/* parseTagRule */.G9)(line, 'defaults'));
/** Rules in force: those of the user, else our defaults. */
function rulesOf(rules) {
    return rules.length === 0 ? defaultRules : rules;
}
/** The text of a tag that the inputs alone decide; undefined where it depends on the run. */
function literalText(rule, flavor) {
    if (rule.type !== 'raw' || rule.enable === 'false')
        return undefined;
    const text = `${rule.prefix ?? flavor.prefix}${rule.value}${rule.suffix ?? flavor.suffix}`;
    return text === '' || text.includes('{{') ? undefined : text;
}
/**
 * Why a literal tag is none; undefined when it is one. Other characters than those of tags become hyphens, as with
 * docker/metadata-action; but what is a whole `name:tag` was meant for docker/build-push-action.
 */
function faultOf(text) {
    if (/^[^\s/:]+(:\d+)?(\/[^\s/:]+)*\/[^\s/:]+:[\w][\w.-]*$/.test(text))
        return 'is a whole reference: give the name in images, and the tag alone here';
    if ((0,fit/* isTag */.dz)((0,fit/* sanitised */.DT)(text)))
        return undefined;
    return `makes the tag "${(0,fit/* sanitised */.DT)(text).slice(0, 40)}", which no registry takes (at most 128 characters, not starting with . or -)`;
}
/** By which facts a rule is evaluated, and what `latest=auto` means to it. */
function latestOf(value, rule, flavor) {
    const latest = flavor.latest ?? (rule.from === 'defaults' ? 'false' : 'auto');
    return latest === 'auto' ? value.latest : latest === 'true';
}
/** Tells of names that had to be changed: another name may come out the same. */
function changes(value, name) {
    const clean = (0,fit/* sanitised */.DT)(value.text);
    if (name !== clean) {
        return [
            name === ''
                ? `"${value.text}" makes no tag that a registry takes: left out.`
                : `The tag ${clean} is written ${name}: no registry takes it as it is.`,
        ];
    }
    return value.named && clean !== value.text
        ? [`The tag ${name} is that of ${value.text}: a name that differs only in such characters gets the same tag.`]
        : [];
}
/**
 * The tags of a run, as docker/metadata-action v6 assembles them: the first value is the version, the others follow,
 * and whether there is a `latest` is decided by that first value alone.
 */
function computeTags(order, event) {
    const { flavor, settings, libraries, now } = order;
    const notices = [];
    const problems = [];
    const facts = {
        user: (0,tags_facts/* factsOf */.xS)(event, settings, now, 'user'),
        defaults: (0,tags_facts/* factsOf */.xS)(event, settings, now, 'defaults'),
    };
    const values = [];
    let latest;
    for (const rule of (0,tags_rule/* inOrder */.al)(rulesOf(order.rules))) {
        if (rule.from === 'user')
            notices.push(...(0,tags_rule/* oddities */.Ew)(rule).map((oddity) => `tags: ${rule.line}: ${oddity}.`));
        const notice = (text) => void notices.push(`tags: ${rule.line}: ${text}`);
        try {
            const value = evaluate(rule, { facts: facts[rule.from], libraries, flavor, notice });
            if (!value || value.text === '')
                continue;
            values.push(value);
            latest ??= { on: latestOf(value, rule, flavor), ...(value.version ? { version: value.version } : {}) };
        }
        catch (error) {
            if (!(error instanceof parse/* Invalid */.WO))
                throw error;
            problems.push({ line: rule.line, reason: error.message });
        }
    }
    const made = values.map((value) => ({ value, name: (0,fit/* tagFrom */.FL)(value.text) }));
    notices.push(...made.flatMap(({ value, name }) => changes(value, name)));
    const tags = new Map();
    const add = (tag) => {
        const known = tags.get(tag.name);
        tags.set(tag.name, known ? { ...tag, ...known, moves: known.moves || tag.moves } : tag);
    };
    for (const { value, name } of made) {
        if (name !== '')
            add({ name, moves: value.moves, ...(value.version ? { version: value.version } : {}) });
    }
    const names = [...tags.keys()];
    if (latest?.on) {
        const name = (0,fit/* tagFrom */.FL)((0,tags_flavor/* latestText */.Ro)(flavor));
        names.push(name);
        add({ name, moves: true, ...(latest.version ? { version: latest.version } : {}) });
    }
    return { tags: [...tags.values()], names, notices: [...new Set(notices)], problems };
}


/***/ }),

/***/ 68915:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $i: () => (/* binding */ isPlain),
/* harmony export */   EK: () => (/* binding */ isRawStatement),
/* harmony export */   Rs: () => (/* binding */ templateFault),
/* harmony export */   XX: () => (/* binding */ render),
/* harmony export */   tN: () => (/* binding */ dateExpression),
/* harmony export */   wX: () => (/* binding */ globalValues)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);
/* harmony import */ var _facts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(52110);


// Names that take no arguments and mean nothing to Handlebars itself.
const plainNames = 'branch|tag|sha|base_ref|is_default_branch|is_not_default_branch|raw|version|major|minor|patch';
const plainExpression = new RegExp(`\\{\\{[ \\t]*(${plainNames})[ \\t]*\\}\\}`, 'g');
const escapes = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
    '`': '&#x60;',
    '=': '&#x3D;',
};
/** Whether a template holds text and expressions like `{{branch}}` alone, which need no Handlebars. */
function isPlain(template) {
    return !template.includes('{{') || !/[{}\\]/.test(template.replace(plainExpression, ''));
}
function fillPlain(template, values) {
    if (!template.includes('{{'))
        return template;
    return template.replace(plainExpression, (_, name) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        const text = typeof value === 'function' ? value() : value;
        return text === undefined || text === null ? '' : String(text).replace(/[&<>"'`=]/g, (character) => escapes[character] ?? '');
    });
}
function engine({ handlebars }) {
    if (!handlebars)
        throw new Error('an expression is rendered that was not announced to loadLibraries');
    return handlebars;
}
/** What Handlebars has against a template, in one line. */
function templateFault(error) {
    const [what = '', where] = error.message.split('\n');
    return `has an expression that cannot be evaluated (${(where === undefined ? what : `parse error at ${where}`).slice(0, 160)})`;
}
/**
 * Renders a template as Handlebars does, which escapes what it puts in for HTML: `&` becomes `&amp;`.
 * @throws Invalid when it is no template, or asks for something that is not there
 */
function render(template, values, libraries) {
    if (isPlain(template))
        return fillPlain(template, values);
    const handlebars = engine(libraries);
    try {
        return handlebars.compile(template)(values);
    }
    catch (error) {
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(templateFault(error));
    }
}
/** Whether a pattern is `{{raw}}` and nothing else. */
function isRawStatement(pattern, libraries) {
    if (isPlain(pattern))
        return /^\{\{[ \t]*raw[ \t]*\}\}$/.test(pattern);
    try {
        const { body } = engine(libraries).parseWithoutProcessing(pattern);
        const [statement] = body;
        const parts = statement?.path?.parts;
        return body.length === 1 && statement?.type === 'MustacheStatement' && parts?.length === 1 && parts[0] === 'raw';
    }
    catch {
        return false;
    }
}
/** The expressions `{{date 'FORMAT' tz='ZONE'}}` over a time: formats of moment; the zone is UTC unless given. */
function dateExpression(time, { moment }, notice) {
    return (format, options) => {
        // Without a format Handlebars hands its options in the place of it.
        if (!options)
            throw new Error("a date needs a format, as in {{date 'YYYYMMDD'}}");
        if (!moment)
            throw new Error('a date is rendered that was not announced to loadLibraries');
        let zone = 'UTC';
        for (const [key, value] of Object.entries(options.hash)) {
            if (key !== 'tz')
                throw new Error(`Unknown ${key} attribute`);
            zone = value;
        }
        const at = moment(time);
        // moment would write this to the log by itself, and go on in the zone of the machine.
        if (typeof zone === 'string' && zone !== '' && moment.tz.zone(zone) === null) {
            notice(`"${zone}" is no time zone: the date is in that of this machine.`);
            return at.format(format);
        }
        return at.tz(zone).format(format);
    };
}
/** What expressions stand for in every text but patterns. */
function globalValues(facts, libraries, notice) {
    const isDefault = String(facts.isDefaultBranch);
    return {
        branch: () => (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .branchOf */ .W0)(facts) ?? '',
        tag: () => (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .tagOf */ .cO)(facts) ?? '',
        sha: () => (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .shortShaOf */ .aW)(facts),
        base_ref: () => facts.baseRef,
        is_default_branch: () => isDefault,
        is_not_default_branch: () => String(!facts.isDefaultBranch),
        date: dateExpression(facts.now, libraries, notice),
        commit_date: dateExpression(facts.committed, libraries, notice),
    };
}


/***/ }),

/***/ 52110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kh: () => (/* binding */ plainSettings),
/* harmony export */   W0: () => (/* binding */ branchOf),
/* harmony export */   aW: () => (/* binding */ shortShaOf),
/* harmony export */   cO: () => (/* binding */ tagOf),
/* harmony export */   xS: () => (/* binding */ factsOf)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77627);

const plainSettings = { pullHeadSha: false, shortSha: 7, annotationLevels: ['manifest'], exported: true };
// Events that docker/metadata-action takes for one of the default branch, whatever their ref is.
const ofDefaultBranch = /create|discussion|issues|schedule/;
/** What `is_default_branch` says to lines of the user: the payload decides, and by name some events. */
function saysDefaultBranch({ name, context, source, defaultBranch }) {
    const branch = context.ref.replace(/^refs\/heads\//, '');
    if (branch === '')
        return false;
    const known = source === 'git' ? defaultBranch : context.defaultBranch;
    return known === branch || ofDefaultBranch.test(name);
}
/**
 * The facts of a run as docker/metadata-action's context has them, for the lines of the user: the sha of a pull
 * request is GitHub's merge commit unless DOCKER_METADATA_PR_HEAD_SHA is true. For our defaults the sha is the head of
 * the pull request, and the default branch is the one that the event, git or the API says. `now` in ms.
 */
function factsOf(event, settings, now, from) {
    const { context } = event;
    const ours = from === 'defaults';
    const sha = ours ? event.sha : ((settings.pullHeadSha ? context.pullHeadSha : undefined) ?? context.sha);
    const committed = context.commitTimes[sha] ?? (sha === event.sha ? event.committed : undefined);
    return {
        eventName: event.name,
        ref: ours ? (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .refText */ .d0)(event.ref) : context.ref,
        sha,
        shortSha: settings.shortSha,
        baseRef: context.baseRef,
        isDefaultBranch: ours ? (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .onDefaultBranch */ .Lt)(event) : saysDefaultBranch(event),
        ...(event.defaultBranch === undefined ? {} : { defaultBranch: event.defaultBranch }),
        committed: new Date(committed ?? now),
        now: new Date(now),
    };
}
const branchOf = ({ ref }) => (ref.startsWith('refs/heads/') ? ref.slice(11) : undefined);
const tagOf = ({ ref }) => (ref.startsWith('refs/tags/') ? ref.slice(10) : undefined);
/** The sha cut to the short length; a length that makes no sense cuts as `substring` does. */
function shortShaOf({ sha, shortSha }) {
    return shortSha >= sha.length ? sha : sha.substring(0, shortSha);
}


/***/ }),

/***/ 32222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DT: () => (/* binding */ sanitised),
/* harmony export */   FL: () => (/* binding */ tagFrom),
/* harmony export */   dz: () => (/* binding */ isTag)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);

const longest = 128;
const valid = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** As docker/metadata-action makes a tag of a text: the result may still be too long, or start with `.` or `-`. */
function sanitised(text) {
    return text.replace(/[^A-Za-z0-9._-]+/g, '-');
}
/** Whether a registry takes it as a tag (distribution/reference). */
function isTag(text) {
    return valid.test(text);
}
/**
 * Makes a tag of any text. Where docker/metadata-action would give one that no registry takes, this departs from it:
 * one that starts with `.` or `-` loses that, and one too long is cut and ends in a hash of the whole, so that two
 * stay two. May come out empty.
 */
function tagFrom(text) {
    const clean = sanitised(text).replace(/^[.-]+/, '');
    if (clean.length <= longest)
        return clean;
    return `${clean.slice(0, longest - 9)}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 8)}`;
}


/***/ }),

/***/ 76965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ro: () => (/* binding */ latestText),
/* harmony export */   eo: () => (/* binding */ addFlavor),
/* harmony export */   xF: () => (/* binding */ plainFlavor)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);
/* harmony import */ var _inputs_records_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(94151);


const plainFlavor = { prefix: '', prefixLatest: false, suffix: '', suffixLatest: false };
function isTrue(value, name) {
    if (value !== 'true' && value !== 'false')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has ${name}=${value}, which is neither true nor false`);
    return value === 'true';
}
/**
 * Reads one line of `flavor` on top of what the lines before gave. Of `prefix=a=b` only `a` counts, as with theirs.
 * `onlatest` is about the prefix or suffix before it on the same line. @throws Invalid
 */
function addFlavor(flavor, line) {
    const made = { ...flavor };
    let last;
    for (const field of (0,_inputs_records_js__WEBPACK_IMPORTED_MODULE_1__/* .recordFields */ .zB)(line)) {
        const [key = '', value] = field.split('=').map((part) => part.trim());
        if (value === undefined)
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has "${field.trim()}", which is not NAME=VALUE`);
        switch (key.toLowerCase()) {
            case 'latest':
                if (value !== 'auto' && value !== 'true' && value !== 'false')
                    throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has latest=${value}, which is none of auto, true, false`);
                made.latest = value;
                break;
            case 'prefix':
                made.prefix = value;
                last = 'prefix';
                break;
            case 'suffix':
                made.suffix = value;
                last = 'suffix';
                break;
            case 'onlatest': {
                const on = isTrue(value, 'onlatest');
                if (last === 'prefix')
                    made.prefixLatest = on;
                if (last === 'suffix')
                    made.suffixLatest = on;
                break;
            }
            default:
                throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has ${key || 'a field without a name'}, which is none of latest, prefix, suffix, onlatest`);
        }
    }
    return made;
}
/** `latest` as the flavor has it: its prefix and suffix come as they are written, expressions in them too. */
function latestText(flavor) {
    return `${flavor.prefixLatest ? flavor.prefix : ''}latest${flavor.suffixLatest ? flavor.suffix : ''}`;
}


/***/ }),

/***/ 87996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $x: () => (/* binding */ commonAttributes),
/* harmony export */   fF: () => (/* binding */ defaultLines),
/* harmony export */   kn: () => (/* binding */ ruleTypes),
/* harmony export */   uK: () => (/* binding */ attributes),
/* harmony export */   vx: () => (/* binding */ priorities)
/* harmony export */ });
const priorities = {
    schedule: 1000,
    semver: 900,
    pep440: 900,
    match: 800,
    edge: 700,
    ref: 600,
    raw: 200,
    sha: 100,
};
/** Attributes that a type reads beside enable, priority, prefix and suffix. */
const attributes = {
    schedule: ['pattern'],
    semver: ['pattern', 'value', 'match'],
    pep440: ['pattern', 'value', 'match'],
    match: ['pattern', 'group', 'value'],
    edge: ['branch'],
    ref: ['event'],
    raw: ['value'],
    sha: ['format'],
};
const commonAttributes = ['enable', 'priority', 'prefix', 'suffix'];
/** The tags of a run without `tags`, and what a line `type=defaults` stands for; with `latest=false` in the flavor. */
const defaultLines = [
    'type=semver,pattern={{version}}',
    'type=semver,pattern={{major}}.{{minor}}',
    'type=pep440,pattern={{version}}',
    'type=ref,event=pr',
    'type=ref,event=branch,enable={{is_not_default_branch}}',
    'type=sha,priority=300',
    'type=raw,value=latest,enable={{is_default_branch}}',
];
const ruleTypes = Object.keys(priorities);


/***/ }),

/***/ 29574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   jk: () => (/* binding */ asksForCommitDate),
/* harmony export */   k5: () => (/* binding */ loadLibraries),
/* harmony export */   r3: () => (/* binding */ templatesOf),
/* harmony export */   zp: () => (/* binding */ loadTemplateCheck)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(62088);
/* harmony import */ var _expression_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(68915);


/** The texts of a rule that are rendered. */
function templatesOf(rule) {
    const own = [...('value' in rule ? [rule.value] : []), ...('pattern' in rule && rule.type !== 'match' ? [rule.pattern] : [])];
    return [rule.enable, rule.prefix ?? '', rule.suffix ?? '', ...own];
}
function textsOf({ tags, flavor, labels, annotations }) {
    return [...tags.flatMap(templatesOf), flavor.prefix, flavor.suffix, ...labels, ...annotations];
}
function needsPep440(rule, { ref, context }) {
    if (rule.type !== 'pep440')
        return false;
    if (rule.from === 'user')
        return rule.value !== '' || context.ref.startsWith('refs/tags/');
    return ref.kind === 'tag' && semver__WEBPACK_IMPORTED_MODULE_0__.valid(ref.name.replaceAll('/', '-')) === null;
}
/** Handlebars, which is made to print nothing (it has an expression for that): it could be a command of the runner. */
async function loadHandlebars() {
    const handlebars = (await __nccwpck_require__.e(/* import() */ 8508).then(__nccwpck_require__.t.bind(__nccwpck_require__, 88508, 19))).default;
    handlebars.logger.level = Number.POSITIVE_INFINITY;
    return handlebars;
}
/** A check for templates among inputs that were not read yet: Handlebars is loaded only if one may be more than plain. */
async function loadTemplateCheck(inputs) {
    if (inputs.every((text) => text.split('\n').every(_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlain */ .$i)))
        return () => undefined;
    const handlebars = await loadHandlebars();
    return (template) => {
        if ((0,_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlain */ .$i)(template))
            return undefined;
        try {
            handlebars.parse(template);
            return undefined;
        }
        catch (error) {
            return (0,_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .templateFault */ .Rs)(error);
        }
    };
}
/** Loads what the rules and texts of a run need. */
async function loadLibraries(grammar, event) {
    const expressions = textsOf(grammar).filter((text) => !(0,_expression_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlain */ .$i)(text));
    const [handlebars, moment, pep440] = await Promise.all([
        expressions.length > 0 ? loadHandlebars() : undefined,
        expressions.some((text) => text.includes('date')) ? __nccwpck_require__.e(/* import() */ 9856).then(__nccwpck_require__.t.bind(__nccwpck_require__, 79856, 19)) : undefined,
        grammar.tags.some((rule) => needsPep440(rule, event)) ? __nccwpck_require__.e(/* import() */ 5518).then(__nccwpck_require__.t.bind(__nccwpck_require__, 25518, 19)) : undefined,
    ]);
    return {
        ...(handlebars ? { handlebars } : {}),
        ...(moment ? { moment: moment.default } : {}),
        ...(pep440 ? { pep440: pep440.default } : {}),
    };
}
/** Whether a text of the run asks for the time of the commit, which may have to be looked up. */
function asksForCommitDate(grammar) {
    return textsOf(grammar).some((text) => text.includes('commit_date'));
}


/***/ }),

/***/ 28911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ oddities),
/* harmony export */   G9: () => (/* binding */ parseTagRule),
/* harmony export */   al: () => (/* binding */ inOrder),
/* harmony export */   zm: () => (/* binding */ splitPattern)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);
/* harmony import */ var _inputs_records_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(94151);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(87996);



const namedTypes = ['defaults', ..._grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .ruleTypes */ .kn];
/**
 * A field without `=`, or with nothing before it, is the value; keys are lowered; the last of a key wins, but every
 * type must be one.
 */
function readAttributes(line) {
    const fields = (0,_inputs_records_js__WEBPACK_IMPORTED_MODULE_1__/* .recordFields */ .zB)(line).map((field) => {
        const at = field.indexOf('=');
        return at < 1 ? ['value', field.trim()] : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
    });
    for (const [key, value] of fields)
        if (key === 'type' && !namedTypes.includes(value))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has type=${value}, which is none of ${namedTypes.join(', ')}`);
    return new Map(fields);
}
function oneOf(value, name, ...allowed) {
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
        const given = value === undefined ? `lacks ${name}` : `has ${name}=${value}`;
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`${given}, which must be one of ${allowed.join(', ')}`);
    }
    return found;
}
function required(given, name, type, like) {
    const value = given.get(name);
    if (value === undefined)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`lacks ${name}, which type=${type} needs: ${name}=${like}`);
    return value;
}
function checkPattern(pattern, flags) {
    try {
        new RegExp(pattern, flags);
    }
    catch (error) {
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has a regular expression that is none (${error.message})`);
    }
}
/** `/pattern/flags`, or a pattern alone. */
function splitPattern(text) {
    const [, source, flags] = /^\/(.+)\/(.*)$/.exec(text) ?? [];
    return source === undefined ? { source: text } : { source, flags: flags ?? '' };
}
function readOwn(type, given, line) {
    switch (type) {
        case 'schedule':
            return { type, pattern: given.get('pattern') ?? 'nightly' };
        case 'semver':
        case 'pep440': {
            const match = given.get('match') ?? '';
            checkPattern(match);
            return { type, pattern: required(given, 'pattern', type, '{{version}}'), value: given.get('value') ?? '', match };
        }
        case 'match': {
            const pattern = required(given, 'pattern', type, '\\d.\\d');
            const { source, flags } = splitPattern(pattern);
            checkPattern(source, flags);
            const group = given.get('group') ?? '0';
            if (Number.isNaN(Number(group)))
                throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has group=${group}, which is not the number of a group`);
            return { type, pattern, group, value: given.get('value') ?? '' };
        }
        case 'edge':
            return { type, branch: given.get('branch') ?? '' };
        case 'ref':
            return { type, event: oneOf(given.get('event'), 'event', 'branch', 'tag', 'pr') };
        case 'raw':
            if (/^- /.test(given.get('value') ?? line))
                throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('starts with "- ": the lines are no YAML list, leave that out');
            return { type, value: required(given, 'value', type, 'v2') };
        case 'sha':
            return { type, format: oneOf(given.get('format') ?? 'short', 'format', 'short', 'long') };
    }
}
/**
 * Reads a line of `tags`; `type=defaults` becomes several. What docker/metadata-action throws on is refused, and a
 * regular expression that is none also where the event does not reach it. Attributes that nobody knows are left out.
 * @throws Invalid
 */
function parseTagRule(line, from = 'user') {
    const given = readAttributes(line);
    const named = given.get('type');
    if (named === 'defaults') {
        const extra = [...given.keys()].find((name) => name !== 'type');
        if (extra !== undefined)
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has ${extra}, which type=defaults does not take: write the lines out that it stands for`);
        return _grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .defaultLines */ .fF.flatMap((one) => parseTagRule(one, 'defaults'));
    }
    const type = _grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .ruleTypes */ .kn.find((one) => one === named) ?? 'raw';
    const own = readOwn(type, given, line);
    const enable = given.get('enable') ?? 'true';
    if (!enable.includes('{{') && enable !== 'true' && enable !== 'false')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has enable=${enable}, which is neither true nor false`);
    const priority = given.get('priority');
    const prefix = given.get('prefix') ?? (own.type === 'sha' ? 'sha-' : own.type === 'ref' && own.event === 'pr' ? 'pr-' : undefined);
    const suffix = given.get('suffix');
    return [
        {
            ...own,
            line,
            from,
            enable,
            priority: priority === undefined ? _grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .priorities */ .vx[type] : Number(priority),
            ...(prefix === undefined ? {} : { prefix }),
            ...(suffix === undefined ? {} : { suffix }),
        },
    ];
}
/** What of a line has no effect, though docker/metadata-action takes it without a word. */
function oddities(rule) {
    const extra = [...readAttributes(rule.line).keys()].filter((name) => name !== 'type' && !_grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .commonAttributes */ .$x.includes(name) && !_grammar_js__WEBPACK_IMPORTED_MODULE_2__/* .attributes */ .uK[rule.type].includes(name));
    const values = (0,_inputs_records_js__WEBPACK_IMPORTED_MODULE_1__/* .recordFields */ .zB)(rule.line).filter((field) => field.indexOf('=') < 1);
    return [
        ...(values.length > 1 ? ['of several values the last alone counts: give each tag a line of its own'] : []),
        ...extra.map((name) => `${name || 'an attribute without a name'} has no effect: type=${rule.type} does not take it`),
        ...(Number.isNaN(rule.priority) ? ['priority has no effect: it is not a number'] : []),
    ];
}
/** In the order in which they count: by priority, highest first; those of the same in the order given. */
function inOrder(rules) {
    return rules.toSorted((a, b) => (a.priority < b.priority ? 1 : a.priority > b.priority ? -1 : 0));
}


/***/ }),

/***/ 28514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ pushArgv)
/* harmony export */ });
/** argv of the push of one reference. */
function pushArgv(reference) {
    return ['docker', 'push', '--quiet', reference];
}


/***/ }),

/***/ 20618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hh: () => (/* binding */ parseRecord),
/* harmony export */   Kg: () => (/* binding */ recordPrefix),
/* harmony export */   R9: () => (/* binding */ readArtifact),
/* harmony export */   Uz: () => (/* binding */ handedOn),
/* harmony export */   dZ: () => (/* binding */ runNumber),
/* harmony export */   io: () => (/* binding */ recordType),
/* harmony export */   p$: () => (/* binding */ isRecordIn),
/* harmony export */   vJ: () => (/* binding */ isRecordOf),
/* harmony export */   wY: () => (/* binding */ recordArtifact),
/* harmony export */   yg: () => (/* binding */ recordTag),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24866);
/* harmony import */ var _registry_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(82895);


/** Type of the artifact that says of an image that it is gated. */
const recordType = 'application/vnd.ml-image-action.gate.v1+json';
/** Undefined outside of a run, as on a laptop. */
function runNumber(env) {
    const id = env['GITHUB_RUN_ID'] ?? '';
    const attempt = Number(env['GITHUB_RUN_ATTEMPT'] || 1);
    return /^\d{1,20}$/.test(id) && Number.isInteger(attempt) ? { id, attempt } : undefined;
}
/** The record of an image whose gates came out so; `native` is the platform of an engine that was asked for none. */
function recordOf(digest, { runnables, untested }, gates, { event, labels }, native, run) {
    return {
        version: 1,
        image: digest,
        gates,
        smoked: gates.smoke === 'passed' ? runnables.map(({ platform }) => platform ?? native) : [],
        untested,
        revision: event.sha,
        repository: event.repository,
        ...(run ? { run } : {}),
        inputHash: labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .inputHashLabel */ .Tc] ?? '',
    };
}
/** The record of an image whose gates were in part those of a job before: what that has seen still holds. */
function handedOn(record, before) {
    if (!before)
        return record;
    const either = (name) => (before.gates[name] === 'passed' ? 'passed' : record.gates[name]);
    return {
        ...record,
        gates: { tests: either('tests'), smoke: either('smoke') },
        smoked: [...new Set([...before.smoked, ...record.smoked])],
        inputHash: before.inputHash,
    };
}
const digestPattern = /^sha256:[a-f0-9]{64}$/;
const start = (digest) => digest.slice('sha256:'.length, 'sha256:'.length + 12);
/**
 * The tag of a record, by which a merge finds it: `gate-RUN.ATTEMPT-DIGEST`. Each job has its own, so that jobs beside each
 * other do not overwrite what the other has written, as they would in one list.
 */
function recordTag({ image, run }) {
    return `gate-${run ? `${run.id}.${run.attempt}` : 'local'}-${start(image)}`;
}
/** Whether a tag may be that of a record of this image. */
const isRecordOf = (digest) => (tag) => tag.startsWith('gate-') && tag.endsWith(`-${start(digest)}`);
/** How the tags of a run's records begin, whatever its attempt. */
const recordPrefix = (run) => `gate-${run.id}.`;
const isRecordIn = (run) => (tag) => tag.startsWith(recordPrefix(run));
function blobOf(text, mediaType) {
    return { digest: (0,_registry_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .o)(text), mediaType, body: new TextEncoder().encode(text) };
}
const described = ({ digest, mediaType, body }) => ({ mediaType, digest, size: body.length });
/**
 * A record as an artifact whose subject is the image (OCI image spec 1.1, "Guidelines for Artifact Usage"): registries
 * that know referrers show it with the image and remove it with that.
 */
function recordArtifact(record, image) {
    const config = blobOf('{}', 'application/vnd.oci.empty.v1+json');
    const content = blobOf(JSON.stringify(record), recordType);
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const json = {
        schemaVersion: 2,
        mediaType,
        artifactType: recordType,
        config: described(config),
        layers: [described(content)],
        subject: described(image),
    };
    return { manifest: blobOf(JSON.stringify(json), mediaType), blobs: [config, content] };
}
function parseJson(body) {
    try {
        return JSON.parse(new TextDecoder().decode(body));
    }
    catch {
        return undefined;
    }
}
/** Where the record is and what it is about, if a manifest is that of a record. */
function readArtifact(body) {
    const { artifactType, subject, layers } = (parseJson(body) ?? {});
    const content = layers?.[0]?.digest;
    if (artifactType !== recordType || typeof content !== 'string' || typeof subject?.digest !== 'string')
        return undefined;
    return { content, subject: subject.digest };
}
const isState = (value) => value === 'passed' || value === 'skipped';
const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const text = (value) => (typeof value === 'string' ? value : '');
/** Undefined for what is no record of this version. */
function parseRecord(body) {
    const said = parseJson(body);
    const gates = said?.['gates'];
    const [tests, smoke] = [gates?.['tests'], gates?.['smoke']];
    if (said?.['version'] !== 1 || !digestPattern.test(text(said['image'])) || !isState(tests) || !isState(smoke))
        return undefined;
    const run = said['run'];
    const [id, attempt] = [run?.['id'], run?.['attempt']];
    return {
        version: 1,
        image: text(said['image']),
        gates: { tests, smoke },
        smoked: texts(said['smoked']),
        untested: texts(said['untested']),
        revision: text(said['revision']),
        repository: text(said['repository']),
        ...(typeof id === 'string' && typeof attempt === 'number' ? { run: { id, attempt } } : {}),
        inputHash: text(said['inputHash']),
    };
}


/***/ }),

/***/ 57019:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ rootOf)
/* harmony export */ });
/** The digest that a registry knows an image by; undefined on the classic store, which has none before the push. */
function rootOf({ layout, origin, store, digest }) {
    return layout?.root.digest ?? origin?.root.digest ?? (store === 'containerd' ? digest : undefined);
}


/***/ }),

/***/ 54822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ boundValue),
/* harmony export */   pP: () => (/* binding */ parseRequirement),
/* harmony export */   v9: () => (/* binding */ holds)
/* harmony export */ });
/* unused harmony export operators */
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);

const operators = ['>=', '<=', '==', '!=', '>', '<'];
const number = String.raw `[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const whole = new RegExp(`^${number}$`);
const previousTimes = new RegExp(`^previous\\s*(?:[*×]\\s*(${number}))?\\s*(?:([+-])\\s*(${number}))?$`, 'i');
const timesPrevious = new RegExp(`^(${number})\\s*[*×]\\s*previous\\s*(?:([+-])\\s*(${number}))?$`, 'i');
const parts = /^(?:"([^"]+)"|'([^']+)'|([^\s<>=!"']+))\s*(>=|<=|==|!=|>|<)\s*(.*)$/;
/** Operators that people write, and the one that is meant. */
const meant = { '=>': '>=', '=<': '<=', '=': '==', '≥': '>=', '≤': '<=', '<>': '!=', '===': '==' };
function parseBound(text) {
    if (whole.test(text))
        return { kind: 'number', value: Number(text) };
    const [times, factor, sign, offset] = previousTimes.exec(text) ?? timesPrevious.exec(text) ?? [];
    if (times !== undefined)
        return { kind: 'previous', factor: Number(factor ?? 1), offset: offset === undefined ? 0 : Number(`${sign}1`) * Number(offset) };
    if (text === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('has nothing to compare with');
    const [, percent] = new RegExp(`^(${number})\\s*%$`).exec(text) ?? [];
    if (percent !== undefined)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has a percentage; write it as the metric has it, such as ${Number(percent) / 100}`);
    if (/^[+-]?\d+,\d+$/.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has a decimal comma; write ${text.replace(',', '.')}`);
    if (/^[+-]?(nan|inf|infinity)$/i.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`compares with ${text}, which is no number`);
    if (/(^|\s)(and|or|&&|\|\|)\s/i.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('holds several conditions; write one a line');
    if (/[<>=]/.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('holds several operators; write one condition a line');
    if (/^previous/i.test(text))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has "${text}" where previous, previous - 0.01 or previous * 0.99 belongs`);
    throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`compares with "${text}", which is neither a number nor previous`);
}
/**
 * Reads `NAME OPERATOR BOUND`, such as `accuracy >= 0.95`, `"macro avg.f1-score" > 0.9` or `f1 >= previous - 0.01`; behind
 * a # is a comment. @throws Invalid what is wrong with the line
 */
function parseRequirement(line) {
    const text = line.replace(/\s#[^"']*$/, '').trim();
    const match = parts.exec(text);
    if (!match) {
        const [, left = '', wrong = ''] = /^("[^"]*"|'[^']*'|[^\s<>=!"'≥≤]*)\s*([<>=!≥≤]+)/.exec(text) ?? [];
        if (meant[wrong] !== undefined && left !== '')
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has the operator ${wrong}; write ${meant[wrong]}`);
        if (/^["']/.test(text) && !/^("[^"]*"|'[^']*')/.test(text))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('has a quote that is not closed');
        if (wrong !== '' && (left === '' || left.length === 2))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('names no metric');
        if (wrong !== '')
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has the operator ${wrong}, which is none of ${operators.join(' ')}`);
        if (/^\S+\s+\S+\s+(>=|<=|==|!=|>|<)/.test(text))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('has a space in the name of the metric; write it in double quotes');
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has none of ${operators.join(' ')}`);
    }
    const [, double, single, bare, operator, right = ''] = match;
    const name = (double ?? single ?? bare ?? '').trim();
    const rest = right.trim();
    // `a => 1` reads as `a =`, `a === 1` as `a == = 1`.
    if (name === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('names no metric');
    if (rest.startsWith('=') || rest.startsWith('>')) {
        const written = `${operator}${rest[0]}`;
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has the operator ${written}; write ${meant[written] ?? operators.join(' ')}`);
    }
    if (bare !== undefined && whole.test(bare))
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('begins with a number; write the name of the metric first');
    return { name, operator: operator, bound: parseBound(rest), text };
}
/** The smallest number that is told apart: 0.96 - 0.01 is 0.95, whatever binary fractions make of it. */
const tidy = (value) => (Number.isFinite(value) ? Number(value.toPrecision(12)) : value);
/** The number of a bound; undefined where it needs a previous value and there is none. */
function boundValue(bound, previous) {
    if (bound.kind === 'number')
        return bound.value;
    return previous === undefined ? undefined : tidy(previous * bound.factor + bound.offset);
}
/** Whether `value OPERATOR bound` is true; of NaN nothing is. */
function holds(value, operator, bound) {
    if (Number.isNaN(value))
        return false;
    const left = tidy(value);
    const right = tidy(bound);
    switch (operator) {
        case '>=':
            return left >= right;
        case '<=':
            return left <= right;
        case '==':
            return left === right;
        case '!=':
            return left !== right;
        case '>':
            return left > right;
        case '<':
            return left < right;
    }
}


/***/ }),

/***/ 51266:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ secretsOf),
/* harmony export */   Hs: () => (/* binding */ configWith),
/* harmony export */   mE: () => (/* binding */ helperCredential),
/* harmony export */   oi: () => (/* binding */ findJobLogin),
/* harmony export */   wV: () => (/* binding */ basicOf)
/* harmony export */ });
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(89916);

/** Every form of a credential that must not be shown. */
function secretsOf(credential) {
    if (credential.kind === 'identity-token')
        return [credential.token];
    return [credential.password, basicOf(credential)];
}
/** What stands behind `Basic` (RFC 7617). */
function basicOf({ username, password }) {
    return Buffer.from(`${username}:${password}`).toString('base64');
}
/** The key of a registry in Docker's config.json. */
function configKey(registry) {
    return registry === _plan_image_name_js__WEBPACK_IMPORTED_MODULE_0__/* .dockerHub */ .UD ? 'https://index.docker.io/v1/' : registry;
}
function parseConfig(text) {
    if (text === undefined)
        return {};
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        return {};
    }
}
/** By this name a helper says that what it has is no password (docker/docker-credential-helpers, README). */
const tokenUser = '<token>';
/** The login that a helper has answered with: JSON with `Username` and `Secret`. @throws SyntaxError */
function helperCredential(answer) {
    const { Username: username, Secret: secret } = JSON.parse(answer);
    return username === tokenUser ? { kind: 'identity-token', username, token: secret } : { username, password: secret };
}
function entryCredential({ auth, identitytoken }) {
    const [, username, password] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth ?? '', 'base64').toString()) ?? [];
    // Docker CLI: with an identity token the password is none.
    if (identitytoken)
        return { kind: 'identity-token', username: username ?? tokenUser, token: identitytoken };
    return username && password ? { username, password } : undefined;
}
/** Finds the login of a registry in the text of a config.json. */
function findJobLogin(configText, registry) {
    const config = parseConfig(configText);
    const server = configKey(registry);
    const helper = config.credHelpers?.[server] ?? config.credHelpers?.[registry];
    if (helper)
        return { kind: 'helper', program: `docker-credential-${helper}`, server };
    const found = Object.entries(config.auths ?? {}).find(([key]) => key === server || key.replace(/^https?:\/\//, '').replace(/\/.*$/, '') === registry);
    if (!found?.[1])
        return undefined;
    const [key, entry] = found;
    const credential = entryCredential(entry);
    if (credential)
        return { kind: 'credential', credential };
    return config.credsStore ? { kind: 'helper', program: `docker-credential-${config.credsStore}`, server: key } : undefined;
}
/** As `docker login` writes it. */
function entryOf(credential) {
    if (credential.kind !== 'identity-token')
        return { auth: basicOf(credential) };
    return { auth: basicOf({ username: credential.username, password: '' }), identitytoken: credential.token };
}
/**
 * A config.json that adds `logins` to what the job has. Its helpers would take precedence over the added logins, so
 * those for the same registries are left out, as is a default store (its entries stay, asked one by one).
 */
function configWith(configText, logins) {
    const { credsStore, credHelpers, auths, ...rest } = parseConfig(configText);
    const added = Object.fromEntries([...logins].map(([registry, credential]) => [configKey(registry), entryOf(credential)]));
    const stored = credsStore ? Object.fromEntries(Object.keys(auths ?? {}).map((server) => [server, credsStore])) : {};
    const helpers = Object.fromEntries(Object.entries({ ...stored, ...credHelpers }).filter(([server]) => !(server in added)));
    return JSON.stringify({ ...rest, auths: { ...auths, ...added }, ...(Object.keys(helpers).length > 0 ? { credHelpers: helpers } : {}) });
}


/***/ }),

/***/ 82895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);

/** `sha256:` and the hash of bytes (of a text: in UTF-8), as registries name manifests and blobs (OCI image spec, descriptor). */
function digestOf(content) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex')}`;
}


/***/ }),

/***/ 68151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ hideGiven),
/* harmony export */   v: () => (/* binding */ hideLogins)
/* harmony export */ });
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(78864);
/* harmony import */ var _credential_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(51266);


/** Hides what is known to be secret before anything was read. */
function hideGiven(host, given) {
    for (const secret of [given.get('password'), given.get('github-token')])
        if (secret?.trim())
            host.hide(secret.trim());
}
/** Hides every secret of the inputs, and the forms that logins send it in. */
function hideLogins(host, { credentials }, event) {
    const { username = event.actor, password, githubToken, auths = [] } = credentials;
    const pairs = [
        { username, password },
        { username, password: githubToken },
        ...auths.map((one) => ({ username: one.username ?? '', password: one.password })),
    ];
    for (const secret of (0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .secretsGiven */ .Rz)(credentials))
        host.hide(secret);
    for (const pair of pairs) {
        const { password: secret } = pair;
        if (secret !== undefined)
            for (const form of (0,_credential_js__WEBPACK_IMPORTED_MODULE_1__/* .secretsOf */ .Fj)({ ...pair, password: secret }))
                host.hide(form);
    }
}


/***/ }),

/***/ 17027:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readJobConfig)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(89916);
/* harmony import */ var _credential_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(51266);
/* harmony import */ var _private_config_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(84779);




/** What docker/login-action calls Docker Hub in the names of folders. */
const hubHost = 'registry-1.docker.io';
/** Folders of logins for a repository alone, the narrowest first: `HOST/PATH@push`, `HOST/PATH`, and so on up to `HOST`. */
function scopesOf({ registry, path }) {
    const parts = [registry === _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerHub */ .UD ? hubHost : registry, ...path.split('/')];
    const folders = parts.map((_, at) => parts.slice(0, parts.length - at).join('/'));
    return folders.flatMap((folder) => [`${folder}@push`, `${folder}@pull,push`, folder]);
}
/**
 * The text of the job's config.json, with what docker/login-action has put aside for the repositories of `names` alone (its
 * input `scope`; buildx, util/imagetools). Of two repositories in one registry the first decides.
 */
function readJobConfig({ files, env }, names) {
    const jobs = (0,_private_config_js__WEBPACK_IMPORTED_MODULE_3__/* .jobConfigFolder */ .G)(env);
    const whole = files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, 'config.json'));
    const scoped = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(env['BUILDX_CONFIG'] || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, 'buildx'), 'config');
    if (files.kind(scoped) !== 'directory')
        return whole;
    const logins = names.toReversed().flatMap((name) => {
        const server = name.registry === _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerHub */ .UD ? hubHost : name.registry;
        const found = scopesOf(name)
            .map((folder) => files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(scoped, folder, 'config.json')))
            .map((text) => (0,_credential_js__WEBPACK_IMPORTED_MODULE_2__/* .findJobLogin */ .oi)(text, name.registry) ?? (0,_credential_js__WEBPACK_IMPORTED_MODULE_2__/* .findJobLogin */ .oi)(text, server))
            .find((login) => login?.kind === 'credential');
        return found?.kind === 'credential' ? [[name.registry, found.credential]] : [];
    });
    return logins.length === 0 ? whole : (0,_credential_js__WEBPACK_IMPORTED_MODULE_2__/* .configWith */ .Hs)(whole, new Map(logins));
}


/***/ }),

/***/ 84779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ jobConfigFolder),
/* harmony export */   Y: () => (/* binding */ makePrivateConfig)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _credential_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(51266);


/** The folder of the job's own config.json. */
function jobConfigFolder(job) {
    return job['DOCKER_CONFIG'] || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(job['HOME'] ?? '/', '.docker');
}
/**
 * Writes `logins` beside what the job has, readable by this user only; builders, contexts and plugins that the job has
 * set up stay in sight. The folder is the caller's to remove.
 */
function makePrivateConfig(host, logins) {
    const jobs = jobConfigFolder(host.env);
    const folder = host.files.makeTemp('login');
    host.leave({ kind: 'folder', path: folder });
    host.files.writePrivate((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'config.json'), (0,_credential_js__WEBPACK_IMPORTED_MODULE_1__/* .configWith */ .Hs)(host.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, 'config.json')), logins));
    for (const name of ['contexts', 'cli-plugins']) {
        if (host.files.kind((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, name)) === 'directory')
            host.files.link((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, name), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name));
    }
    return { folder, variables: { DOCKER_CONFIG: folder, BUILDX_CONFIG: host.env['BUILDX_CONFIG'] || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(jobs, 'buildx') } };
}


/***/ }),

/***/ 42004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   NH: () => (/* binding */ nothingRan),
/* harmony export */   vz: () => (/* binding */ sourceOf),
/* harmony export */   xr: () => (/* binding */ assembleReport)
/* harmony export */ });
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63259);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(89916);
/* harmony import */ var _plan_labels_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(24866);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(45650);




/** Of a run that was stopped before its first stage. */
const nothingRan = {
    ...{ test: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, build: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, inspect: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, smoke: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, quality: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, gate: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce, publish: _outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .stopped */ .ce },
};
/** The first red stage in the order of a run; else that it was cancelled. */
function failureOf({ outcomes, stages, cancelled }) {
    for (const stage of ['test', 'build', 'inspect', 'smoke', 'quality', 'gate', 'publish']) {
        const outcome = outcomes[stage];
        if (outcome.kind === 'failed')
            return (0,_report_js__WEBPACK_IMPORTED_MODULE_3__/* .failureReport */ .LK)(stage, outcome.red);
    }
    if (!cancelled)
        return undefined;
    const underWay = stages.find(({ state }) => state === 'stopped')?.stage ?? 'plan';
    return (0,_report_js__WEBPACK_IMPORTED_MODULE_3__/* .failureReport */ .LK)(underWay, { code: 'cancelled', message: 'The run was cancelled.', evidence: [] });
}
function imageOf({ plan, outcomes, published, cache, imageid }) {
    if (outcomes.build.kind !== 'passed')
        return undefined;
    const { digest, store, steps, stepReports, compressedBytes } = outcomes.build.value;
    const bytes = published?.compressedBytes || compressedBytes;
    return {
        digest: published?.digest || digest,
        imageid: imageid ?? '',
        store,
        ...(bytes ? { compressedBytes: bytes } : {}),
        steps,
        stepList: stepReports,
        ...(cache ? { cache } : {}),
        inputHash: plan.labels[_plan_labels_js__WEBPACK_IMPORTED_MODULE_2__/* .inputHashLabel */ .Tc] ?? '',
    };
}
/** Where the files of a run can be looked at; of a laptop's nobody knows whether they are anywhere else. */
function sourceOf({ event }) {
    const { source, serverUrl, repository, sha } = event;
    return source === 'github' && repository !== '' && sha !== '' ? { url: `${serverUrl}/${repository}`, revision: sha } : undefined;
}
function assembleReport(findings) {
    const { plan, outcomes, published, testReport } = findings;
    const failure = failureOf(findings);
    const image = imageOf(findings);
    const pushedTags = published?.pushedTags ?? [];
    const source = sourceOf(plan);
    return {
        version: _report_js__WEBPACK_IMPORTED_MODULE_3__/* .reportVersion */ .fV,
        result: failure ? 'failed' : 'passed',
        durationMs: findings.durationMs,
        ...(source ? { source } : {}),
        names: plan.names.map(_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh),
        tags: plan.tags.map(({ name }) => name),
        push: plan.push,
        pushed: plan.push.only === 'digest' ? published?.digest !== undefined && published.digest !== '' : pushedTags.length > 0,
        pushedTags,
        stages: findings.stages,
        ...(failure ? { failure } : {}),
        ...(image ? { image } : {}),
        ...(testReport ? { tests: testReport } : {}),
        ...(outcomes.smoke.kind === 'passed' ? { smoke: outcomes.smoke.value } : {}),
        ...(outcomes.inspect.kind === 'passed' && outcomes.inspect.value.leaks ? { leaks: outcomes.inspect.value.leaks } : {}),
        ...(findings.size ? { size: findings.size } : {}),
        ...(outcomes.quality.kind === 'passed' ? { metrics: outcomes.quality.value } : {}),
        ...(findings.attested && findings.attested.length > 0 ? { attested: findings.attested } : {}),
        checks: findings.checks,
        ...(findings.advice && findings.advice.length > 0 ? { advice: findings.advice } : {}),
        notices: findings.notices,
    };
}


/***/ }),

/***/ 78605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ud: () => (/* binding */ openDraft),
/* harmony export */   W$: () => (/* binding */ closeDraft),
/* harmony export */   ip: () => (/* binding */ endedDraft),
/* harmony export */   kF: () => (/* binding */ readDraft)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(89916);
/* harmony import */ var _assemble_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(42004);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(45650);




/** Of failed tests so many are written down. */
const mostFailures = 50;
/** A report of a run that is not over. */
function draftReport(plan, { stages, notices, tests, durationMs }) {
    const source = (0,_assemble_js__WEBPACK_IMPORTED_MODULE_2__/* .sourceOf */ .vz)(plan);
    return {
        version: _report_js__WEBPACK_IMPORTED_MODULE_3__/* .reportVersion */ .fV,
        result: 'failed',
        durationMs,
        unfinished: true,
        ...(source ? { source } : {}),
        names: plan.names.map(_plan_image_name_js__WEBPACK_IMPORTED_MODULE_1__/* .nameText */ .fh),
        tags: plan.tags.map(({ name }) => name),
        push: plan.push,
        pushed: false,
        pushedTags: [],
        stages,
        ...(tests ? { tests: { ...tests, failures: tests.failures.slice(0, mostFailures) } } : {}),
        checks: [],
        notices,
    };
}
/** The draft as the report of a run that has ended so: at the stage that was red, else at the one under way. */
function endedDraft(draft, code) {
    const at = draft.stages.find(({ state }) => state === 'failed') ?? draft.stages.find(({ state }) => state === 'stopped');
    const message = code === 'killed' ? 'The process of this step was ended before it could tell how the run came out.' : 'The run was cancelled.';
    return { ...draft, failure: (0,_report_js__WEBPACK_IMPORTED_MODULE_3__/* .failureReport */ .LK)(at?.stage ?? 'plan', { code, message, evidence: [] }) };
}
/** Beside the report. Not in a folder of its own: it is written while others are made and removed. */
const pathOf = (host) => {
    const temp = host.env['RUNNER_TEMP'];
    return temp ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(temp, `ml-image-draft-${host.runId}.json`) : undefined;
};
/**
 * Writes down what is known each time that it is called, for a summary that `post` writes where this process does not come to
 * it. Nothing on a laptop, which has no post, nor where no summary is wanted.
 */
function openDraft(host, plan, summary) {
    const path = pathOf(host);
    if (!summary || path === undefined)
        return () => { };
    host.leave({ kind: 'draft', path });
    let begun = false;
    return (soFar) => {
        // It was told and taken away, while what was killed for that comes to its end.
        if (begun && host.files.kind(path) !== 'file')
            return;
        begun = true;
        host.files.writePrivate(path, host.masked(JSON.stringify(draftReport(plan, soFar))));
    };
}
/** The summary is written. */
function closeDraft(host) {
    const path = pathOf(host);
    if (path !== undefined)
        host.files.remove(path);
}
/** What a run had written down; undefined where it has told by itself, or had nothing to tell. */
function readDraft(files, path) {
    const text = files.readUntrusted(path);
    if (text === undefined)
        return undefined;
    try {
        const draft = JSON.parse(text);
        return draft.version === _report_js__WEBPACK_IMPORTED_MODULE_3__/* .reportVersion */ .fV ? draft : undefined;
    }
    catch {
        // Killed while it was being written.
        return undefined;
    }
}


/***/ }),

/***/ 74146:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j5: () => (/* binding */ misplaced),
/* harmony export */   u5: () => (/* binding */ writeReport)
/* harmony export */ });
/* unused harmony export landsInside */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2521);


/** Whether a file of this path would be in the workspace, links followed as far as there is anything yet. */
function landsInside(files, workspace, path) {
    let there = path;
    while (files.realPath(there) === undefined && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(there) !== there)
        there = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(there);
    const real = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(files.realPath(there) ?? there, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(there, path));
    const away = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(files.realPath(workspace) ?? workspace, real);
    return away !== '' && away !== '..' && !away.startsWith('../') && !(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(away);
}
/**
 * Why a report cannot be written there, or undefined. On a laptop everything is open to who runs it.
 * @param link what becomes of one that is there already: with `replaced` only the folders on the way are followed
 */
function misplaced({ files, workspace, kind }, path, link) {
    if (files.kind(path) === 'directory')
        return 'is a folder, not a file';
    const real = link === 'refused' ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(files.realPath((0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path)) ?? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path), `${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path)}.new`);
    return kind === 'runner' && !landsInside(files, workspace, real) ? 'leads out of the workspace' : undefined;
}
/** Absolute path of report-file, as raw inputs give it: a run that is refused has no others. */
function givenPath(given, workspace) {
    const text = (name) => given.get(name)?.trim() ?? '';
    if (text('report-file') === '')
        return undefined;
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, text('working-directory') || text('context') || '.', text('report-file'));
}
/**
 * Writes report-file where it was asked for, whatever became of the run; secrets are left out. What was there is replaced:
 * tests that leave a link at its place do not lead it anywhere. @returns its path, undefined where there is none
 */
function writeReport(host, given, document) {
    const path = givenPath(given, host.workspace);
    if (path === undefined)
        return undefined;
    const why = misplaced(host, path, 'replaced');
    // Bad input says so itself; this is what has come about since.
    if (why !== undefined && !('problems' in document))
        host.log.warning(`The report was not written: ${path} ${why}.`);
    if (why !== undefined)
        return undefined;
    try {
        host.files.makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(path));
        host.files.replaceText(path, host.masked(`${JSON.stringify(document, null, 2)}\n`));
        return path;
    }
    catch (error) {
        host.log.warning(`The report could not be written to ${path} (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}).`);
        return undefined;
    }
}


/***/ }),

/***/ 63021:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   AU: () => (/* binding */ fold),
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   GA: () => (/* binding */ cellCode),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   sY: () => (/* binding */ shortDigests),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony export escapeHtml */
/** Longest text of a line or a cell (characters). */
const longestText = 2_000;
const longestBlock = 20_000;
/** The beginning of a text, and a sign where it was cut; never half of a character. */
function clip(text, most) {
    return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
/** A text as it reads: without colours of a terminal, control characters, and what turns the direction of writing. */
function readable(text) {
    return text
        .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
const oneLine = (text) => readable(clip(text, longestText)).replace(/[\r\n\u2028\u2029]+/g, ' ');
/**
 * Text inside a table or a line of markdown: nothing in it is markup, a link, a mention, or a reference to an issue. A long
 * one is cut. Links of GFM are looked for in the source, which a backslash hides them from; GitHub's mentions in the text,
 * which it does not.
 */
function escapeMarkdown(text) {
    return oneLine(text)
        .trim()
        .replace(/#(?=\d)/g, '#\u200b')
        .replace(/[\\`*_{}[\]()#|~!+$]/g, '\\$&')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/@/g, '@\u200b')
        .replace(/:(?=\/\/)/g, '\\:')
        .replace(/www(?=\.)/gi, '$&\\')
        .replace(/^[-=]/, '\\$&')
        .replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.');
}
/** Text in an element of HTML that holds no markdown, as the title of a fold. */
function escapeHtml(text) {
    return oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '@\u200b');
}
/** A text in the letters of code, within a line. */
function code(text) {
    const shown = oneLine(text).replaceAll('`', "'");
    return shown.trim() === '' ? '' : `\`${shown}\``;
}
/** The same within a cell of a table, where a pipe begins the next one even in code, and two backslashes before it hide nothing. */
function cellCode(text) {
    return code(text)
        .replace(/\\+(?=\|)/g, '$& ')
        .replaceAll('|', '\\|');
}
/** Lines until they are too long together: all of many would be a long text made for nothing. */
function joined(lines, most) {
    const taken = [];
    let length = 0;
    for (const line of lines) {
        taken.push(clip(line, most));
        length += line.length + 1;
        if (length > most)
            break;
    }
    return clip(taken.join('\n'), most);
}
/** A code block whose fence is longer than any run of backticks inside. */
function fenced(lines, language = 'text') {
    const text = readable(joined(lines, longestBlock));
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
}
/** A table; cells are markdown of one line already, and those that lack are empty. */
function table(columns, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [
        line(columns.map(({ name }) => name)),
        `|${columns.map(({ right }) => (right ? '--:' : ':--')).join('|')}|`,
        ...rows.map((cells) => line(columns.map((_, index) => cells[index] ?? ''))),
    ].join('\n');
}
/** What is shown on demand. */
function fold(title, body, state = 'closed') {
    return `<details${state === 'open' ? ' open' : ''}><summary>${escapeHtml(title)}</summary>\n\n${body}\n\n</details>`;
}
/** A whole digest would make a table wider than the page; it stands where it can be copied. */
const shortDigests = (text) => text.replace(/\b(sha256:[0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');


/***/ }),

/***/ 8568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JZ: () => (/* binding */ buildOutputs),
/* harmony export */   eA: () => (/* binding */ metadataNames),
/* harmony export */   iS: () => (/* binding */ planOutputs),
/* harmony export */   rY: () => (/* binding */ reportOutputs),
/* harmony export */   u8: () => (/* binding */ endingOutputs)
/* harmony export */ });
/* harmony import */ var _publish_root_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(57019);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(45650);


/** The outputs that docker/metadata-action has, too. */
const metadataNames = ['version', 'tags', 'tag-names', 'labels', 'annotations', 'json'];
/** What is known once the plan is made. */
function planOutputs({ metadata }) {
    return {
        tags: metadata.tags.join('\n'),
        'tag-names': metadata.tagNames.join('\n'),
        labels: metadata.labels.join('\n'),
        annotations: metadata.annotations.join('\n'),
        version: metadata.version,
        json: metadata.json,
        pushed: 'false',
    };
}
/** What is known once the image is built. On the classic store the digest comes with the push. */
function buildOutputs(image) {
    const digest = (0,_publish_root_js__WEBPACK_IMPORTED_MODULE_1__/* .rootOf */ .I)(image);
    return {
        ...(digest === undefined ? {} : { digest }),
        ...(image.taken === undefined ? { 'cache-hits': JSON.stringify(image.steps) } : {}),
        ...(image.compressedBytes === undefined ? {} : { 'image-size': String(image.compressedBytes) }),
    };
}
/** What is known once the build is over, its cache written. */
function endingOutputs({ configDigest, metadata }) {
    return { ...(configDigest === undefined ? {} : { imageid: configDigest }), metadata };
}
/** What is known at the end. */
function reportOutputs(report) {
    const { failure, image, merged } = report;
    const digest = image?.digest ?? merged?.digest;
    const bytes = (0,_report_js__WEBPACK_IMPORTED_MODULE_0__/* .imageBytes */ .vb)(report);
    return {
        result: report.result,
        'failed-stage': failure?.stage ?? '',
        'failure-code': failure?.code ?? '',
        pushed: String(report.pushed),
        'pushed-tags': report.pushedTags.join('\n'),
        ...(report.tests ? { tests: JSON.stringify({ ...report.tests, failures: report.tests.failures.slice(0, 50) }) } : {}),
        ...(report.smoke ? { smoke: JSON.stringify(report.smoke) } : {}),
        ...(report.metrics ? { metrics: JSON.stringify(report.metrics) } : {}),
        ...(digest && (report.pushed || report.push.layout) ? { digest } : {}),
        ...(digest && report.pushed ? { image: `${report.names[0]}@${digest}` } : {}),
        ...(bytes === undefined ? {} : { 'image-size': String(bytes) }),
    };
}


/***/ }),

/***/ 26890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ refusalOf),
/* harmony export */   T: () => (/* binding */ brokenOf),
/* harmony export */   flagRefusal: () => (/* binding */ flagRefusal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(78864);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(45650);
/* harmony import */ var _summary_early_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(69682);




function refusalOf(problems) {
    const red = { code: 'bad-input', message: `${(0,_summary_early_js__WEBPACK_IMPORTED_MODULE_3__/* .problemCount */ .b)(problems)}.`, evidence: problems.map(_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .problemText */ .fI) };
    return { version: _report_js__WEBPACK_IMPORTED_MODULE_2__/* .reportVersion */ .fV, result: 'failed', failure: (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .failureReport */ .LK)('inputs', red), problems };
}
/** Of what was thrown. */
function brokenOf(error) {
    const code = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ ? error.code : 'internal';
    const evidence = code === 'internal' && error instanceof Error ? [error.stack ?? ''] : [];
    return {
        version: _report_js__WEBPACK_IMPORTED_MODULE_2__/* .reportVersion */ .fV,
        result: 'failed',
        failure: (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .failureReport */ .LK)('plan', { code, message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), evidence }),
        problems: [],
    };
}
/** Of a command line whose flags are none. */
function flagRefusal(message) {
    return {
        version: _report_js__WEBPACK_IMPORTED_MODULE_2__/* .reportVersion */ .fV,
        result: 'failed',
        failure: (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .failureReport */ .LK)('inputs', { code: 'bad-input', message, evidence: [] }),
        problems: [],
    };
}


/***/ }),

/***/ 45650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   LK: () => (/* binding */ failureReport),
/* harmony export */   fV: () => (/* binding */ reportVersion),
/* harmony export */   vb: () => (/* binding */ imageBytes)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);

/** Raised when a field changes its meaning or goes. */
const reportVersion = 1;
/** Compressed bytes of the image, as far as they are known; of several platforms those that the size report is about. */
function imageBytes({ image, size }) {
    return image && (size?.platform === undefined ? (image.compressedBytes ?? size?.bytes) : size.bytes);
}
function failureReport(stage, red) {
    const { kind, remedy } = _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failures */ .e9[red.code];
    const { cause, ...rest } = red;
    return { stage, ...rest, kind, ...(cause ? { cause: { name: cause.name, text: cause.text } } : {}), remedy: cause?.fix ?? remedy };
}
function stateOf(outcome) {
    return outcome.kind;
}


/***/ }),

/***/ 69682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ problemCount),
/* harmony export */   brokenMarkdown: () => (/* binding */ brokenMarkdown),
/* harmony export */   refusalMarkdown: () => (/* binding */ refusalMarkdown)
/* harmony export */ });
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(78864);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(63021);
/* harmony import */ var _section_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(342);



const mostProblems = 100;
/** `3 problems with the inputs` */
function problemCount(problems) {
    return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} with the inputs`;
}
/** The summary of a run whose inputs were refused. */
function refusalMarkdown(problems) {
    const { shown, more } = (0,_section_js__WEBPACK_IMPORTED_MODULE_1__/* .firstOf */ .K)(problems, mostProblems);
    const lines = shown.map((problem) => `- ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)((0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .problemText */ .fI)({ ...problem, value: (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(problem.value, 500) }))}`);
    return `### ML image: ${problemCount(problems)}, nothing was run\n\n${lines.join('\n')}${(0,_section_js__WEBPACK_IMPORTED_MODULE_1__/* .andMore */ .v)(more)}\n`;
}
/** The summary of a run that came to no report. */
function brokenMarkdown(code, message, remedy) {
    return `### ML image: stopped before the first stage (${code})\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)(message)}\n\n**Next:** ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)(remedy)}\n`;
}


/***/ }),

/***/ 342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ firstOf),
/* harmony export */   v: () => (/* binding */ andMore)
/* harmony export */ });
/** The first of a list, and how many are left. */
function firstOf(all, most) {
    return { shown: all.slice(0, most), more: Math.max(0, all.length - most) };
}
/** What stands behind a list that was cut. */
function andMore(more) {
    return more === 0 ? '' : `\n\nAnd ${more} more.`;
}


/***/ }),

/***/ 61861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S3: () => (/* binding */ findAddress),
/* harmony export */   uC: () => (/* binding */ loopback)
/* harmony export */ });
/* unused harmony exports endpointHost, chooseAddress, ownContainer */
/* harmony import */ var _build_engine_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(74776);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2521);


const loopback = { kind: 'published', bind: '127.0.0.1', host: '127.0.0.1' };
/** The machine that an endpoint names, as in a URL; undefined for a socket or a pipe. */
function endpointHost(endpoint) {
    const [, authority = ''] = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?([^/]*)/.exec(endpoint ?? '') ?? [];
    const host = authority.replace(/:\d+$/, '');
    return host === '' ? undefined : host;
}
const isLoopback = (host) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
/**
 * The address that really reaches a container. An engine over tcp or ssh publishes at all addresses of its machine, as
 * its loopback is not ours; a job in a container on the engine puts the service into its own network; everything else
 * (rootless, Docker Desktop, an engine in the same pod) forwards the loopback. As testcontainers' resolve-host does.
 */
function chooseAddress({ endpoint, sameName, ownNetwork }) {
    const host = endpointHost(endpoint);
    if (host !== undefined && !isLoopback(host))
        return { kind: 'published', bind: '0.0.0.0', host };
    if (!sameName && ownNetwork !== undefined && ownNetwork !== 'host')
        return { kind: 'network', network: ownNetwork };
    return loopback;
}
/** The id of the container that a process is in, by its mounts; undefined outside, or where they do not tell. */
function ownContainer(mountinfo) {
    return /\/containers\/([0-9a-f]{64})\//.exec(mountinfo ?? '')?.[1];
}
/** Asks where the engine is; of an ordinary runner nothing is asked. `self` is the container of that engine that we are in. @throws ActionError */
async function findAddress(host, engine, { offline }, dockerConfig, env) {
    const sameName = (0,_build_engine_js__WEBPACK_IMPORTED_MODULE_0__/* .sharesLoopback */ .Ib)(engine, host.hostname);
    const endpoint = env['DOCKER_HOST'] ?? (await contextEndpoint(host, dockerConfig, env));
    const inside = endpointHost(endpoint) === undefined && !sameName && host.files.kind('/.dockerenv') !== undefined;
    const own = inside ? await ownNetwork(host, env) : undefined;
    const address = chooseAddress({ ...(endpoint === undefined ? {} : { endpoint }), sameName, ...(own ? { ownNetwork: own.network } : {}) });
    // A closed network publishes nothing: it must be reached from where it is.
    if (offline && !own && (!sameName || engine.rootless))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('offline-unsupported', `The engine is ${engine.rootless ? 'rootless' : 'not on this machine'}: a container without a network cannot be reached there.`);
    return { address, ...(own ? { self: own.self } : {}) };
}
async function ownNetwork(host, env) {
    const self = ownContainer(host.files.readText('/proc/self/mountinfo')) ?? host.hostname;
    const format = '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}\n{{end}}';
    const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', '--format', format, self], env });
    const [network = ''] = exitCode === 0 ? stdout.trim().split('\n') : [];
    return network === '' ? undefined : { self, network };
}
async function contextEndpoint(host, dockerConfig, env) {
    const context = env['DOCKER_CONTEXT'] ?? /"currentContext"\s*:\s*"([^"]+)"/.exec(dockerConfig ?? '')?.[1];
    if (context === undefined || context === 'default')
        return undefined;
    const { exitCode, stdout } = await host.capture({
        argv: ['docker', 'context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', context],
        env,
    });
    if (exitCode !== 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('engine-unavailable', `There is no docker context ${context}.`);
    return stdout.trim() || undefined;
}


/***/ }),

/***/ 61007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ watchCandidates),
/* harmony export */   Z: () => (/* binding */ usualPaths)
/* harmony export */ });
/* harmony import */ var _condition_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(66116);
/* harmony import */ var _probe_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2947);


/** Paths by which services tell their health; the first is what is asked until anything answers. */
const usualPaths = ['/health', '/healthz', '/health_check', '/ready', '/readyz', '/ping', '/livez', '/api/health'];
/** What other servers than the unknown answer, and where. */
const signatures = [
    { preset: 'kserve-v1', path: '/', fits: (body) => (0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .valueAt */ .fK)((0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAnswer */ .Wp)(body), ['status']) === 'alive' },
    { preset: 'litserve', path: '/', fits: (body) => /^"?litserve running"?$/.test(body.trim()) },
    { preset: 'oip-v2', path: '/v2/health/live', fits: (body) => (0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .valueAt */ .fK)((0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAnswer */ .Wp)(body), ['live']) === true },
    {
        preset: 'cog',
        path: '/health-check',
        fits: (body) => /"status": ?"(UNKNOWN|STARTING|READY|BUSY|SETUP_FAILED|DEFUNCT|UNHEALTHY)"/.test(body),
    },
    { preset: 'truss', path: '/', fits: (body) => body.trim() === 'true' },
    { preset: 'vllm', path: '/v1/models', fits: (body) => (0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .valueAt */ .fK)((0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAnswer */ .Wp)(body), ['object']) === 'list' },
    { preset: 'ray-serve', path: '/-/healthz', fits: (body) => body.trim() === 'success' },
];
/** A path that is not there is asked less often: each asking is a line in the server's log. */
const absentAgainMs = 500;
/** How long a first good answer waits for the other paths. */
const graceMs = 300;
/** How long the first path hangs until the others are asked without an answer to it. */
const hangsMs = 1_000;
/** How long a server has answered 404 everywhere until the prediction is to tell. */
const nowhereMs = 1_000;
/** What an answer to a path says that may or may not be there. */
function stateOf(status, verdict) {
    if (status >= 200 && status < 300)
        return verdict === 'ready' ? 'good' : 'unready';
    if (status === 429 || status === 502 || status === 503 || status === 504)
        return 'unready';
    return status >= 500 && status !== 501 ? 'faulty' : 'absent';
}
/**
 * Watches a service of which no health path is known. Ready is what answers 2xx without contradiction: of the usual
 * paths none may say "not yet" (`/health` of a server whose `/ready` is 503 proves nothing); `/` counts where none of
 * them is there, and where not even that, a path that shows that the application is up.
 */
function watchCandidates(server, host, contract, hasSample) {
    const condition = contract.healthExpect ?? { kind: 'not-falsy' };
    const unrecognised = contract.by === '';
    const signs = unrecognised ? signatures : [];
    const evidence = [contract.predict.path, '/openapi.json'];
    const all = [...new Set([...usualPaths, '/', ...signs.map(({ path }) => path), ...evidence])];
    const known = new Map();
    const asking = new Map();
    let firstAnswer;
    let firstGood;
    let silence = { kind: 'silence', error: 'no answer' };
    const ask = async (path, signal) => {
        if (!asking.has(path))
            asking.set(path, host.now());
        const answered = await (0,_probe_js__WEBPACK_IMPORTED_MODULE_1__/* .probe */ .dy)(server, path, signal);
        asking.delete(path);
        if (answered.kind === 'silence') {
            silence = answered;
            return;
        }
        firstAnswer ??= host.now();
        const verdict = (0,_condition_js__WEBPACK_IMPORTED_MODULE_0__/* .judgeReady */ .rm)(condition, answered.status, answered.body);
        const because = verdict.kind === 'ready' ? '' : verdict.because;
        const state = stateOf(answered.status, verdict.kind);
        if (state === 'good')
            firstGood ??= host.now();
        known.set(path, { state, answered, because, at: host.now() });
    };
    const of = (paths, state) => paths.flatMap((path) => known.get(path) ?? []).find((each) => each.state === state);
    const good = ({ answered: { path, status } }, proof) => ({ kind: 'ready', path, status, proof });
    const waiting = ({ answered, because }) => ({ kind: 'waiting', seen: (0,_probe_js__WEBPACK_IMPORTED_MODULE_1__/* .seenOf */ .Pm)(answered, because) });
    const decide = () => {
        if (firstAnswer === undefined)
            return { kind: 'waiting', seen: (0,_probe_js__WEBPACK_IMPORTED_MODULE_1__/* .seenOf */ .Pm)(silence, '') };
        for (const { preset, path, fits } of signs) {
            const answered = known.get(path)?.answered;
            if (answered && fits(answered.body))
                return { kind: 'recognised', preset, by: `GET ${path} answers ${answered.body.trim().slice(0, 60)}` };
        }
        const unready = of(usualPaths, 'unready');
        if (unready)
            return waiting(unready);
        const whole = all.every((path) => known.has(path));
        const some = known.get('/health') ?? known.values().next().value;
        if (!whole && !(firstGood !== undefined && host.now() - firstGood >= graceMs))
            return some ? waiting(some) : { kind: 'waiting', seen: (0,_probe_js__WEBPACK_IMPORTED_MODULE_1__/* .seenOf */ .Pm)(silence, '') };
        const healthy = of(usualPaths, 'good');
        if (healthy)
            return good(healthy, 'health');
        const root = of(['/'], 'good');
        if (root)
            return good(root, 'health');
        const faulty = of([...usualPaths, '/'], 'faulty') ?? of(['/'], 'unready');
        if (faulty)
            return waiting(faulty);
        const application = evidence
            .flatMap((path) => known.get(path) ?? [])
            .find(({ answered: { status } }) => status < 300 || [400, 405, 415, 422].includes(status));
        if (application)
            return good(application, 'listening');
        if (hasSample && some && host.now() - firstAnswer >= nowhereMs)
            return good(some, 'listening');
        return some ? waiting(some) : { kind: 'waiting', seen: (0,_probe_js__WEBPACK_IMPORTED_MODULE_1__/* .seenOf */ .Pm)(silence, '') };
    };
    return async (signal) => {
        const now = host.now();
        const [first] = usualPaths;
        const mute = firstAnswer === undefined && now - (asking.get(first) ?? now) < hangsMs;
        if (mute) {
            await ask(first, signal);
            if (firstAnswer === undefined || signal.aborted)
                return decide();
        }
        const due = all.filter((path) => {
            const { state, at } = known.get(path) ?? {};
            // What the others say is asked as soon as there is any answer.
            if (asking.has(path) || (mute && at !== undefined))
                return false;
            return state !== 'absent' || now - (at ?? 0) >= absentAgainMs;
        });
        const asked = Promise.all(due.map((path) => ask(path, signal)));
        // One that hangs holds up the others no longer than this.
        await Promise.race([asked, host.sleep(graceMs, signal).catch(() => undefined)]);
        return decide();
    };
}


/***/ }),

/***/ 47462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ commandPort),
/* harmony export */   t: () => (/* binding */ choosePort)
/* harmony export */ });
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(45168);

const defaultPort = 8000;
const usual = [defaultPort, 8080];
function parsePort(text) {
    const port = Number(text);
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
}
/** Options by which servers are told their port: uvicorn, gunicorn, hypercorn, flask, waitress, bentoml, vllm, tensorflow_model_server. */
const options = [
    /(?:^|\s)--(?:port|http-port|http_port|rest_api_port)[= ]["']?(\d+)/,
    /(?:^|\s)(?:-b|--bind|--listen)[= ]?["']?(?:tcp:\/\/)?(?:\[[^\]\s]*\]|[\w.*-]*):(\d+)/,
    /(?:^|\s)-p[= ]?(\d+)/,
];
/** The port that a command line names. */
function commandPort(command, env) {
    const line = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_0__/* .expandVariables */ .i7)(command.join(' '), env);
    for (const option of options) {
        const port = parsePort(option.exec(line)?.[1]);
        if (port !== undefined)
            return port;
    }
    return undefined;
}
/**
 * The port of the server: as given, else what the image exposes (of several: the preset's, 8000, 8080), else `PORT` of
 * its environment, the port in its command, the preset's, 8000.
 */
function choosePort(given, { exposedPorts, command }, env, preset) {
    if (given !== undefined)
        return { port: given, from: 'input' };
    const preferred = preset === undefined ? usual : [preset, ...usual];
    const exposed = preferred.find((port) => exposedPorts.includes(port)) ?? exposedPorts[0];
    if (exposed !== undefined)
        return { port: exposed, from: 'EXPOSE' };
    const variable = parsePort(env['PORT']);
    if (variable !== undefined)
        return { port: variable, from: 'PORT' };
    const commanded = commandPort(command, env);
    if (commanded !== undefined)
        return { port: commanded, from: 'CMD' };
    return preset === undefined ? { port: defaultPort, from: 'default' } : { port: preset, from: 'preset' };
}


/***/ }),

/***/ 8192:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   removeProject: () => (/* binding */ removeProject)
/* harmony export */ });
const label = 'com.docker.compose.project';
/** A client that was stopped may have left the engine at work on one more container. */
const mostRounds = 3;
const containers = { name: 'container', list: ['ps', '--all'], remove: ['rm', '--force', '--volumes'] };
const rest = [
    { name: 'network', list: ['network', 'ls'], remove: ['network', 'rm'] },
    { name: 'volume', list: ['volume', 'ls'], remove: ['volume', 'rm', '--force'] },
    { name: 'image', list: ['image', 'ls'], remove: ['image', 'rm', '--force'] },
];
/**
 * Removes everything of a compose project at once, by its label: no file is needed for it, and no container is waited
 * for. Never throws; harmless when there is nothing.
 * @returns what was there and is gone
 */
async function removeProject(host, project, env) {
    const docker = async (...args) => await host.capture({ argv: ['docker', ...args], env }).catch(() => undefined);
    const remove = async ({ name, list, remove }) => {
        const found = await docker(...list, '--quiet', '--filter', `label=${label}=${project}`);
        const ids = found?.exitCode === 0 ? [...new Set(found.stdout.split('\n').filter((id) => id !== ''))] : [];
        if (ids.length === 0)
            return [];
        await docker(...remove, ...ids);
        return ids.map((id) => `${name} ${id}`);
    };
    const removed = new Set();
    for (let round = 0; round < mostRounds; round++) {
        const gone = [...(await remove(containers)), ...(await Promise.all(rest.map(remove))).flat()];
        for (const one of gone)
            removed.add(one);
        if (gone.length === 0)
            break;
    }
    return [...removed];
}


/***/ }),

/***/ 66116:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Wp: () => (/* binding */ parseAnswer),
/* harmony export */   fK: () => (/* binding */ valueAt),
/* harmony export */   rm: () => (/* binding */ judgeReady)
/* harmony export */ });
/* unused harmony export findUnready */
/* harmony import */ var _expect_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3124);

/** Names of a flag that is true once a model can be used, in any spelling. */
const flags = /^(is)?(model|models)?(is)?(ready|loaded|healthy|available|initiali[sz]ed|ok|success)$/;
/** Names of a text that tells how the server, or its model, is. */
const states = /^(model)?(status|state|health|condition)$|^model$/;
const unready = /^(loading|starting|startingup|initiali[sz]ing|pending|booting|warming|warmingup|notready|notloaded|unloaded|nomodel|modelnotloaded|error|failed|failure|fail|unhealthy|partialhealthy|partiallyhealthy|degraded|down|unavailable|notok|dead|stopped|offline|none|false)$/;
const negative = /^(|no|off|none|null|0)$/;
/** Below these, what is said is still about the model; a cache or a database may be down. */
const about = /model|data|result|detail/;
const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
function isFalsy(value) {
    if (Array.isArray(value))
        return value.length === 0;
    if (typeof value === 'string')
        return unready.test(plain(value)) || negative.test(plain(value));
    return !value;
}
/** The first thing in a JSON answer by which the server says itself that it is not ready: `model_loaded is false`. */
function findUnready(value, path = '', depth = 2) {
    if (value === false && path === '')
        return 'the answer is false';
    if (!isObject(value))
        return undefined;
    for (const [key, held] of Object.entries(value)) {
        const name = plain(key);
        const at = path === '' ? key : `${path}.${key}`;
        if (flags.test(name) && !isObject(held) && isFalsy(held))
            return `${at} is ${JSON.stringify(held)}`;
        if (states.test(name) && (held === false || (typeof held === 'string' && unready.test(plain(held)))))
            return `${at} is ${JSON.stringify(held)}`;
        const within = depth > 0 && about.test(name) ? findUnready(held, at, depth - 1) : undefined;
        if (within !== undefined)
            return within;
    }
    return undefined;
}
function parseAnswer(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
/** What stands at a place of JSON. */
function valueAt(value, [step, ...rest]) {
    if (step === undefined || value === undefined)
        return value;
    if (typeof step === 'number')
        return valueAt(Array.isArray(value) ? value[step] : undefined, rest);
    return valueAt(isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined, rest);
}
const shown = (value) => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100));
const placeOf = (at) => (at.length === 0 ? 'the answer' : at.join('.'));
/** Judges an answer to a health or readiness path. */
function judgeReady(condition, status, body) {
    const good = status >= 200 && status < 300;
    const waiting = (because) => ({ kind: 'waiting', because });
    if (condition.kind === 'value' && condition.never) {
        const said = valueAt(parseAnswer(body), condition.at);
        if (condition.never.some((value) => value === said))
            return { kind: 'never', because: `${placeOf(condition.at)} is ${shown(said)}` };
    }
    if (/InvalidKeyException/.test(body) && status === 400)
        return { kind: 'never', because: 'a token is asked for (InvalidKeyException)' };
    if (!good)
        return waiting(`status ${status}`);
    switch (condition.kind) {
        case 'answers':
            return { kind: 'ready' };
        case 'not-falsy': {
            const unready = findUnready(parseAnswer(body) ?? null);
            return unready === undefined ? { kind: 'ready' } : waiting(unready);
        }
        case 'value': {
            const said = valueAt(parseAnswer(body), condition.at);
            return condition.is.some((value) => value === said) ? { kind: 'ready' } : waiting(`${placeOf(condition.at)} is ${shown(said)}`);
        }
        case 'filled': {
            const held = valueAt(parseAnswer(body), condition.at);
            const some = typeof held === 'object' && held !== null && Object.keys(held).length > 0;
            return some ? { kind: 'ready' } : waiting(`${placeOf(condition.at)} is ${held === undefined ? 'missing' : 'empty'}`);
        }
        case 'json':
        case 'pattern': {
            const [first] = (0,_expect_js__WEBPACK_IMPORTED_MODULE_0__/* .judgeAnswer */ ._)(condition, body);
            return first === undefined ? { kind: 'ready' } : waiting(`${first.path} is ${first.got}, expected ${first.expected}`);
        }
    }
}


/***/ }),

/***/ 23378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Az: () => (/* binding */ runLabel),
/* harmony export */   DK: () => (/* binding */ postMortem),
/* harmony export */   EZ: () => (/* binding */ rivalName),
/* harmony export */   Nn: () => (/* binding */ inspect),
/* harmony export */   W_: () => (/* binding */ isRunning),
/* harmony export */   YI: () => (/* binding */ startContainer),
/* harmony export */   my: () => (/* binding */ runArgv),
/* harmony export */   od: () => (/* binding */ removeContainer),
/* harmony export */   sZ: () => (/* binding */ untilStopped),
/* harmony export */   w$: () => (/* binding */ lastLines),
/* harmony export */   x5: () => (/* binding */ locate),
/* harmony export */   xN: () => (/* binding */ containerName)
/* harmony export */ });
/* harmony import */ var _build_platforms_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(52936);
/* harmony import */ var _host_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(48647);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(63259);
/* harmony import */ var _plan_labels_own_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(35595);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(61861);
/* harmony import */ var _healthcheck_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(58703);






const rewaitMs = 200;
const runLabel = `${_plan_labels_own_js__WEBPACK_IMPORTED_MODULE_5__/* .labelPrefix */ .Tb}.run`;
function containerName(runId) {
    return `ml-image-${runId}`;
}
/** The same of the image that predictions are compared with. */
function rivalName(runId) {
    return `${containerName(runId)}-previous`;
}
/** Where the port is to be had: published at a free port of the engine's machine, or on a network. */
const addressArgs = (address, port) => address.kind === 'published' ? ['--publish', `${address.bind}::${port}`] : ['--network', address.network];
/**
 * argv of the container: its port at a free one of the host's loopback, no name or port shared with anybody. The
 * variables and the command of the contract come with it; those of the user win.
 */
function runArgv(runId, image, contract, smoke, platform, address = _address_js__WEBPACK_IMPORTED_MODULE_3__/* .loopback */ .uC, name = containerName(runId)) {
    return [
        ...['docker', 'run', '--detach', '--pull', 'never', '--name', name, '--label', `${runLabel}=${runId}`],
        ...(platform === undefined ? [] : ['--platform', platform]),
        ...(contract.http || address.kind === 'network' ? addressArgs(address, contract.port.port) : []),
        ...(0,_host_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .containerVariables */ .JO)({ ...contract.env, ...smoke.env }).args,
        ...smoke.args,
        image,
        ...(smoke.command ?? contract.command),
    ];
}
/** What the engine says of a container; undefined where there is none. */
async function inspect(host, name, env) {
    const { exitCode, stdout } = await host.capture({ argv: ['docker', 'container', 'inspect', name], env });
    return exitCode === 0 ? JSON.parse(stdout)[0] : undefined;
}
/** Whether the engine says so; not where it says nothing. */
async function isRunning(host, name, env) {
    return (await inspect(host, name, env).catch(() => undefined))?.State.Running ?? false;
}
/** Access logs of our probes, which would leave no room for what the server has to tell. */
const probed = /"(GET \S+|POST \/v2\/repository\/index) HTTP\/1\.[01]"/;
const readBack = 4_000;
/** The last lines that a container wrote, without the access log of the probes. */
async function lastLines(host, name, env, count = 50) {
    const { stdout, stderr } = await host.capture({ argv: ['docker', 'logs', '--tail', String(readBack), name], env });
    return `${stdout}${stderr}`
        .split(/\r\n|\r|\n/)
        .filter((line) => line !== '' && !probed.test(line))
        .slice(-count);
}
/** Why a container is not running any more, with its last lines. */
async function postMortem(host, name, env) {
    const [found, lines] = await Promise.all([inspect(host, name, env), lastLines(host, name, env)]);
    if (found?.State.OOMKilled)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-out-of-memory', 'The container was killed for memory.', lines);
    if (found?.RestartCount)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-exited', 'The container ended by itself and was started again by its restart policy.', lines);
    const exitCode = found?.State.ExitCode;
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-exited', `The container ended by itself with exit code ${exitCode ?? 'unknown'}${exitCode === 137 ? ' (killed)' : ''}.`, lines);
}
/** Starts the image of one platform. */
async function startContainer(host, image, contract, smoke, env, address = _address_js__WEBPACK_IMPORTED_MODULE_3__/* .loopback */ .uC, name = containerName(host.runId)) {
    host.leave({ kind: 'containers', runId: host.runId });
    const started = await host.capture({
        argv: runArgv(host.runId, image.id, contract, smoke, image.platform, address, name),
        env: { ...env, ...(0,_host_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .containerVariables */ .JO)({ ...contract.env, ...smoke.env }).env },
    });
    if (started.exitCode !== 0) {
        const said = started.stderr
            .trim()
            .split('\n')
            .filter((line) => !/^See 'docker run --help'|^$|^Run 'docker run --help'/.test(line));
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-not-started', `docker run ended with ${started.exitCode}: ${(said.at(-1) ?? '').replace(/^docker: /, '')}`, said);
    }
    return await locate(host, name, contract, env, address);
}
/** A container that was started: where it answers, and which image it runs. */
async function locate(host, name, contract, env, address = _address_js__WEBPACK_IMPORTED_MODULE_3__/* .loopback */ .uC) {
    const found = await inspect(host, name, env);
    if (!found?.State.Running)
        return await postMortem(host, name, env);
    const at = authorityOf(found, contract.port.port, address);
    if (at === undefined && contract.http)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('container-not-started', address.kind === 'published'
            ? `The engine published no port for ${contract.port.port}/tcp.`
            : `The container has no address on ${address.network}.`);
    const healthcheck = (0,_healthcheck_js__WEBPACK_IMPORTED_MODULE_4__/* .healthcheckOf */ .w)(found.Config?.Healthcheck, found.Config?.Shell);
    const { os, architecture, variant } = found.ImageManifestDescriptor?.platform ?? {};
    const platform = os === undefined ? undefined : (0,_build_platforms_js__WEBPACK_IMPORTED_MODULE_0__/* .normalPlatform */ .Je)([os, architecture, ...(variant ? [variant] : [])].join('/'));
    const startedAt = Date.parse(found.State.StartedAt ?? '');
    const ip = Object.values(found.NetworkSettings.Networks ?? {}).find((network) => network?.IPAddress)?.IPAddress;
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)({
        ...{ name, port: contract.port.port, baseUrl: at === undefined ? '' : `http://${at}`, imageId: found.Image },
        ...(healthcheck === undefined ? {} : { healthcheck }),
        ...(platform === undefined ? {} : { platform }),
        ...(found.Id === undefined ? {} : { id: found.Id }),
        ...(found.State.Pid ? { pid: found.State.Pid } : {}),
        ...(Number.isNaN(startedAt) ? {} : { startedAt }),
        ...(ip === undefined ? {} : { ip }),
    });
}
function authorityOf({ NetworkSettings: { Ports, Networks } }, port, address) {
    if (address.kind === 'network') {
        const ip = Networks?.[address.network]?.IPAddress;
        return ip ? `${ip}:${port}` : undefined;
    }
    const bound = Ports?.[`${port}/tcp`]?.[0];
    return bound && `${address.host}:${bound.HostPort}`;
}
/** Resolves when the container stops, whoever stops it and be it started again, or by `signal`; never rejects. */
async function untilStopped(host, name, env, signal) {
    while (!signal.aborted) {
        let told = false;
        const onLine = (line, from) => {
            // The exit code: it has ended, even if its restart policy has started it again by now.
            if (from === 'stdout' && /^\d+$/.test(line))
                told = true;
        };
        const ended = await host.stream({ argv: ['docker', 'wait', name], env }, { signal, onLine }).catch(() => undefined);
        if (signal.aborted || told || (ended?.kind === 'exited' && ended.exitCode === 0))
            return;
        // A wait that broke off, not the container: ask again.
        const found = await inspect(host, name, env).catch(() => undefined);
        if (!found?.State.Running)
            return;
        await host.sleep(rewaitMs, signal).catch(() => undefined);
    }
}
async function removeContainer(host, name, env) {
    await host.capture({ argv: ['docker', 'rm', '--force', '--volumes', name], env }).catch(() => undefined);
}


/***/ }),

/***/ 63511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Qu: () => (/* binding */ contractOf),
  Wc: () => (/* binding */ contractText),
  dn: () => (/* binding */ expectService)
});

// EXTERNAL MODULE: ./lib/smoke/choose-port.js
var choose_port = __nccwpck_require__(47462);
// EXTERNAL MODULE: ./lib/smoke/presets/table.js + 5 modules
var table = __nccwpck_require__(9172);
;// CONCATENATED MODULE: ./lib/smoke/recognise.js
/** Signs in an image's configuration, the more telling first: a platform's server before the one that it is built on. */
const signs = [
    { preset: 'cog', label: /^(run\.cog|org\.cogmodel)\./, command: /\bcog[ .]serve|cog\.server\.http/ },
    { preset: 'mlserver', command: /\bmlserver start\b/, env: /^MLSERVER_(MODEL|MODELS|ENV)/ },
    { preset: 'triton', command: /\btritonserver\b/, env: /^TRITON_SERVER_VERSION$/ },
    { preset: 'tfserving', command: /\btensorflow_model_server\b|tf_serving_entrypoint/ },
    { preset: 'torchserve', command: /\btorchserve\b/ },
    { preset: 'tgi', command: /\btext-generation-(launcher|router)\b/ },
    { preset: 'tei', command: /\btext-embeddings-router\b/ },
    { preset: 'vllm', command: /\bvllm serve\b|\bvllm\.entrypoints\b/ },
    { preset: 'bentoml', command: /\bbentoml serve/, env: /^BENTO_PATH$/ },
    { preset: 'mlflow', command: /\bmlflow models serve\b/, port: 5000 },
    { preset: 'mlflow', command: /\bmlflow\.models (import )?container\b|\bmlflow\.pyfunc\.scoring_server\b/ },
    { preset: 'azureml', command: /\bazmlinfsrv\b/, env: /^AZUREML_ENTRY_SCRIPT$/ },
    { preset: 'ray-serve', command: /\bserve run\b|\bray\.serve\b/ },
    { preset: 'truss', command: /\btruss_server\b/, env: /^TRUSS_/ },
    { preset: 'kserve-v1', command: /-m (kserve|sklearnserver|xgbserver|lgbserver|pmmlserver|huggingfaceserver|custom_model)\b/ },
    { preset: 'litserve', command: /\b(lightning|litserve) serve\b|\blightning deploy\b/ },
    { preset: 'vertex', env: /^AIP_(HTTP_PORT|HEALTH_ROUTE|PREDICT_ROUTE)$/ },
    { preset: 'sagemaker', label: /^com\.amazonaws\.sagemaker\./, env: /^SAGEMAKER_(PROGRAM|SUBMIT_DIRECTORY|BIND_TO_PORT)$/ },
    { preset: 'hf-space', exposes: 7860, command: /(--port[= ]|:)7860\b/ },
    { preset: 'fastapi', command: /\buvicorn\b|\bfastapi (run|dev)\b|\bhypercorn\b/ },
    { preset: 'flask', command: /\bflask\b.*\brun\b/ },
    { preset: 'flask', command: /\bgunicorn\b/, port: 8000 },
    { preset: 'flask', command: /\bwaitress-serve\b/, port: 8080 },
    { preset: 'flask', env: /^FLASK_APP$/ },
];
const longestCommand = 80;
/** What kind of server an image holds, by its configuration alone; undefined when that does not tell. */
function recognise({ command, env, labels, exposedPorts }) {
    const line = command.join(' ');
    for (const { preset, port, ...sign } of signs) {
        const label = sign.label && Object.keys(labels).find((name) => sign.label?.test(name));
        const variable = sign.env && Object.keys(env).find((name) => sign.env?.test(name));
        const by = (label && `label ${label}`) ??
            (sign.command?.test(line) ? `CMD: ${line.slice(0, longestCommand)}` : undefined) ??
            (variable && `ENV ${variable}`) ??
            (sign.exposes !== undefined && exposedPorts.includes(sign.exposes) ? `EXPOSE ${sign.exposes}` : undefined);
        if (by !== undefined)
            return { preset, by, ...(port === undefined ? {} : { port }) };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/smoke/contract.js



const defaultStartTimeoutMs = 120_000;
/** Puts variables into a text; undefined when one is not set. */
function filled(text, env) {
    let missing = false;
    const whole = text.replace(/\$(\w+)/g, (_, name) => {
        if (!env[name])
            missing = true;
        return env[name] ?? '';
    });
    return missing ? undefined : whole;
}
function checksOf(preset, smoke, env) {
    if (!preset.http)
        return [];
    const { health, ready } = preset.http;
    const notFalsy = { kind: 'not-falsy' };
    const asked = [
        smoke.healthPath !== undefined
            ? { path: smoke.healthPath, condition: smoke.healthExpect ?? (health?.path === smoke.healthPath ? health.condition : notFalsy) }
            : health && { path: health.path, condition: smoke.healthExpect ?? health.condition },
        smoke.readyPath !== undefined
            ? { path: smoke.readyPath, condition: ready && ready.path === smoke.readyPath ? ready.condition : notFalsy }
            : ready,
    ];
    return asked.flatMap((check) => (check ? [{ ...check, path: filled(check.path, env) ?? '/' }] : []));
}
/** The contract by a preset; explicit inputs win over it. `env` is that of the image. */
function contractOf(preset, by, smoke, image, port = preset.port) {
    const env = { ...preset.env, ...image.env, ...smoke.env };
    const own = Object.entries(preset.env ?? {}).filter(([name]) => !(name in image.env) && !(name in smoke.env));
    const { http } = preset;
    const headers = Object.entries(http?.headers ?? {}).flatMap(([name, value]) => {
        const said = filled(value, env);
        return said === undefined ? [] : [[name, said]];
    });
    const model = typeof http?.model === 'string' ? filled(http.model, env) : http?.model;
    const path = smoke.predictPath ?? filled(http?.predict.path ?? '/predict', env) ?? '/predict';
    return {
        preset: preset.name,
        by,
        proof: preset.proof,
        port: (0,choose_port/* choosePort */.t)(smoke.port, image, env, port),
        checks: checksOf(preset, smoke, env),
        ...(smoke.healthExpect === undefined ? {} : { healthExpect: smoke.healthExpect }),
        ...(model === undefined ? {} : { model }),
        predict: { ...http?.predict, path },
        headers: Object.fromEntries(headers),
        http: http !== undefined,
        env: Object.fromEntries(own),
        command: preset.command ?? [],
        startTimeoutMs: smoke.startTimeoutMs ?? preset.startTimeoutMs ?? defaultStartTimeoutMs,
    };
}
/** What an image is expected to be, before it is started: as the user says, else as its configuration does. */
function expectService(smoke, image) {
    if (smoke.preset !== 'auto')
        return contractOf(table/* presets */.v[smoke.preset], 'input', smoke, image);
    const found = recognise(image);
    return found ? contractOf(table/* presets */.v[found.preset], found.by, smoke, image, found.port) : contractOf(table/* presets */.v.http, '', smoke, image);
}
/** One line for the log: what was inferred, and from what. */
function contractText({ preset, by, proof, port, checks, predict, http }) {
    const name = preset === 'http' ? 'a server of no known kind' : preset;
    const from = by === '' ? '' : ` (${by})`;
    const contract = proof === 'by contract' ? ', by contract' : '';
    if (!http)
        return `${name}${from}: nothing is called, it must stay up`;
    const asked = checks.length === 0 ? 'the usual health paths' : [...new Set(checks.map(({ path }) => path))].join(' and ');
    return `${name}${from}${contract}: port ${port.port} (${port.from}), ready by ${asked}, predicts at ${predict.path}`;
}


/***/ }),

/***/ 3124:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ judgeAnswer)
/* harmony export */ });
/* harmony import */ var _judge_compare_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(47934);
/* harmony import */ var _judge_difference_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(54910);
/* harmony import */ var _judge_judge_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(37676);
/* harmony import */ var _judge_strict_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(49799);




/** Holds the text of an answer against what is expected of it: JSON as a subset, or a pattern. */
function judgeAnswer(expectation, body) {
    if (expectation.kind === 'pattern') {
        const pattern = String(expectation.pattern);
        return (0,_judge_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .patternOf */ .Id)(pattern)?.test(body) ? [] : [{ path: '$', expected: pattern, got: (0,_judge_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(body) }];
    }
    const parsed = (0,_judge_strict_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseAnswer */ .W)(body);
    if (parsed.kind === 'text')
        return [{ path: '$', expected: 'JSON', got: (0,_judge_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(body) }];
    return [...(parsed.kind === 'lax' ? parsed.notFinite : []), ...(0,_judge_compare_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(expectation.value, parsed.value)];
}


/***/ }),

/***/ 58703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ runHealthcheck),
/* harmony export */   w: () => (/* binding */ healthcheckOf)
/* harmony export */ });
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63259);

const defaultTimeoutMs = 30_000;
/** A check that looks at what is only just there may be right a moment later. */
const attempts = 3;
const betweenMs = 1_000;
/** The command of a HEALTHCHECK, `CMD-SHELL` by the shell of the image; undefined for none and `NONE`. */
function healthcheckOf(declared, shell) {
    const [kind, ...words] = declared?.Test ?? [];
    const timeoutMs = declared?.Timeout ? declared.Timeout / 1e6 : defaultTimeoutMs;
    if (words.length === 0)
        return undefined;
    if (kind === 'CMD')
        return { argv: words, timeoutMs };
    if (kind === 'CMD-SHELL')
        return { argv: [...(shell?.length ? shell : ['/bin/sh', '-c']), words.join(' ')], timeoutMs };
    return undefined;
}
/**
 * Runs the HEALTHCHECK of a container whose server answers. One that fails then would have an orchestrator end a good
 * service again and again. A program that is missing is told at once; another failure is tried twice more.
 */
async function runHealthcheck(host, name, { argv, timeoutMs }, env, signal) {
    const shown = argv.at(-1) ?? '';
    const start = host.now();
    let lines = [];
    let how = '';
    for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt++) {
        if (attempt > 1)
            await host.sleep(betweenMs, signal).catch(() => undefined);
        lines = [];
        const ended = await host.stream({ argv: ['docker', 'exec', name, ...argv], env }, { signal, timeoutMs, mostBytes: 64 << 10, onLine: (line) => void (lines.length < 20 && lines.push(line)) });
        if (ended.kind === 'stopped')
            return { kind: 'stopped' };
        if (ended.kind === 'exited' && ended.exitCode === 0)
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .passed */ .bF)(host.now() - start);
        how = ended.kind === 'exited' ? `ended with ${ended.exitCode}` : `gave no answer within ${timeoutMs / 1000} s`;
        const missing = lines.some((line) => /not found|no such file or directory/i.test(line));
        if (missing)
            break;
    }
    if (signal.aborted)
        return { kind: 'stopped' };
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .failed */ .gz)('healthcheck-broken', `The server answers, but the HEALTHCHECK of the image ${how}: ${shown}`, lines);
}


/***/ }),

/***/ 47934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UD: () => (/* binding */ compare),
/* harmony export */   Zj: () => (/* binding */ isClose)
/* harmony export */ });
/* unused harmony export mostDifferences */
/* harmony import */ var _sample_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(29703);
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(54910);
/* harmony import */ var _json_path_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(48055);



/** So many differences are looked for; more would tell nobody more, and a tensor has millions. */
const mostDifferences = 1_000;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value) => Array.isArray(value);
/** numpy.isclose; a number too large for a double is equal to itself. */
function isClose(expected, got, { rtol, atol }) {
    return got === expected || Math.abs(got - expected) <= atol + rtol * Math.abs(expected);
}
/**
 * What of `expected` is not in `got`: objects may hold more, lists must be as long and in order, numbers within the
 * tolerance, everything else equal. Places that `ignore` names are not looked at.
 */
function compare(expected, got, { tolerance, ignore } = { tolerance: _sample_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultTolerance */ .TH, ignore: [] }) {
    const found = [];
    const walk = (want, have, at) => {
        if (found.length >= mostDifferences || ignore.some((path) => (0,_json_path_js__WEBPACK_IMPORTED_MODULE_1__/* .names */ .Dy)(path, at)))
            return;
        if (isObject(want) && isObject(have)) {
            for (const [key, value] of Object.entries(want))
                walk(value, Object.hasOwn(have, key) ? have[key] : undefined, [...at, key]);
        }
        else if (isList(want) && isList(have)) {
            if (want.length !== have.length)
                found.push({ path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_1__/* .locationText */ .fN)(at), expected: `${want.length} items`, got: `${have.length} items` });
            else
                for (const [index, value] of want.entries())
                    walk(value, have[index], [...at, index]);
        }
        else if (typeof want === 'number' && typeof have === 'number') {
            if (!isClose(want, have, tolerance))
                found.push({ path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_1__/* .locationText */ .fN)(at), expected: (0,_difference_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(want), got: (0,_difference_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(have), delta: have - want });
        }
        else if (isObject(want) || isList(want) || want !== have) {
            found.push({ path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_1__/* .locationText */ .fN)(at), expected: (0,_difference_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(want), got: (0,_difference_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(have) });
        }
    };
    walk(expected, got, []);
    return found;
}


/***/ }),

/***/ 54910:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   ow: () => (/* binding */ differenceTable),
/* harmony export */   v_: () => (/* binding */ largestDelta)
/* harmony export */ });
const longestValue = 200;
const mostRows = 20;
/** A value as it is shown: JSON, shortened. */
function shown(value) {
    const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
    return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text;
}
const deltaText = (delta) => delta === undefined ? '' : `${delta > 0 ? '+' : ''}${Number.isFinite(delta) ? Number(delta.toPrecision(4)) : delta}`;
/** The differences as a table of text: path, expected, got, and delta where numbers differ. At most 20 rows. */
function differenceTable(differences) {
    const cut = (text) => (text.length > 48 ? `${text.slice(0, 45)}...` : text);
    const rows = differences.slice(0, mostRows).map(({ path, expected, got, delta }) => [path, cut(expected), cut(got), deltaText(delta)]);
    const table = [['path', 'expected', 'got', rows.some((row) => row[3] !== '') ? 'delta' : ''], ...rows];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    const lines = table.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
    const left = differences.length - mostRows;
    return left > 0 ? [...lines, `and ${left >= 1_000 - mostRows ? 'many' : left} more`] : lines;
}
/** The largest difference between numbers, if there is one. */
function largestDelta(differences) {
    const size = ({ delta }) => Math.abs(delta ?? 0);
    return differences.reduce((best, one) => (one.delta !== undefined && size(one) > size(best ?? { path: '', expected: '', got: '' }) ? one : best), undefined);
}


/***/ }),

/***/ 48055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ names),
/* harmony export */   Hf: () => (/* binding */ parseJsonPath),
/* harmony export */   Lt: () => (/* binding */ select),
/* harmony export */   Y_: () => (/* binding */ children),
/* harmony export */   fN: () => (/* binding */ locationText)
/* harmony export */ });
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);

const plainKey = /^[A-Za-z_][\w-]*$/;
/** The place as a path that can be written in a samples file: `$.scores[1]`. */
function locationText(location) {
    return location.reduce((text, step) => {
        if (typeof step === 'number')
            return `${text}[${step}]`;
        return plainKey.test(step) ? `${text}.${step}` : `${text}[${JSON.stringify(step)}]`;
    }, '$');
}
const token = /\.?\[(?:(\d+)|(\*)|("(?:[^"\\]|\\.)*")|'([^']*)')\]|\.(\*)|\.?([^.[\]"'*\s][^.[\]*]*)/y;
/** `$.a.b[0]`, `$.rows[*].ms`, `$["a b"]`, or a name for any depth: `latency_ms`, `meta.ms`. @throws Invalid */
function parseJsonPath(given) {
    const text = given.trim();
    if (text === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is an empty path');
    const fromRoot = text.startsWith('$') && !text.startsWith('$..');
    const rest = text.replace(/^\$(\.\.)?/, '');
    const steps = [];
    token.lastIndex = 0;
    while (token.lastIndex < rest.length) {
        const at = token.lastIndex;
        const found = token.exec(rest);
        // Behind the root a name needs its dot: $a is no path.
        if (!found || (at === 0 && fromRoot && !/^[.[]/.test(rest)))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is no path (at "${rest.slice(at)}"): write $.scores[0], $.rows[*].ms, or a name alone for any depth`);
        const [, index, star, quoted, single, dotStar, name] = found;
        if (index !== undefined)
            steps.push({ kind: 'index', index: Number(index) });
        else if (star ?? dotStar)
            steps.push({ kind: 'any' });
        else
            steps.push({ kind: 'key', key: quoted === undefined ? (single ?? name ?? '') : JSON.parse(quoted) });
    }
    if (!fromRoot && steps.length === 0)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('names no place');
    return { text, fromRoot, steps };
}
const fits = (step, at) => {
    if (at === undefined)
        return false;
    switch (step.kind) {
        case 'any':
            return true;
        case 'index':
            return at === step.index;
        case 'key':
            return String(at) === step.key;
    }
};
/** Whether `path` names this very place. */
function names({ fromRoot, steps }, location) {
    const skipped = location.length - steps.length;
    if (skipped < 0 || (fromRoot && skipped > 0))
        return false;
    return steps.every((step, i) => fits(step, location[skipped + i]));
}
/** What stands in a JSON value, with its place, the outermost first. */
function children(value, location) {
    if (Array.isArray(value))
        return value.map((item, i) => ({ at: [...location, i], value: item }));
    if (typeof value !== 'object' || value === null)
        return [];
    return Object.entries(value).map(([key, item]) => ({ at: [...location, key], value: item }));
}
/** Every place of `value` that `path` names. From the root only what leads there is walked. */
function select(value, path) {
    if (path.fromRoot) {
        let found = [{ at: [], value }];
        for (const step of path.steps)
            found = found.flatMap((place) => children(place.value, place.at).filter(({ at }) => fits(step, at.at(-1))));
        return found;
    }
    const walk = (place) => [
        ...(names(path, place.at) ? [place] : []),
        ...children(place.value, place.at).flatMap(walk),
    ];
    return walk({ at: [], value });
}


/***/ }),

/***/ 37676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  S4: () => (/* binding */ judge),
  Id: () => (/* binding */ patternOf),
  l7: () => (/* binding */ statusFits)
});

// EXTERNAL MODULE: ./lib/smoke/judge/compare.js
var compare = __nccwpck_require__(47934);
// EXTERNAL MODULE: ./lib/smoke/judge/difference.js
var difference = __nccwpck_require__(54910);
// EXTERNAL MODULE: ./lib/smoke/judge/json-path.js
var json_path = __nccwpck_require__(48055);
;// CONCATENATED MODULE: ./lib/smoke/judge/numbers.js



/** The numbers of a list by index, of an object by key; undefined where something else stands among them. */
function numbersOf(value) {
    const entries = (0,json_path/* children */.Y_)(value, []).map(({ at, value: item }) => [at[0] ?? '', item]);
    const numbers = entries.filter((entry) => typeof entry[1] === 'number');
    return entries.length > 0 && numbers.length === entries.length ? numbers : undefined;
}
/** Looks at each place of a path; that there is none is a difference too. */
function at(value, path, expected, look) {
    const places = (0,json_path/* select */.Lt)(value, path);
    return places.length === 0 ? [{ path: path.text, expected, got: 'nothing' }] : places.flatMap(look);
}
/** A matrix is looked at row by row. */
const rowsOf = (place) => Array.isArray(place.value) && place.value.length > 0 && place.value.every((row) => Array.isArray(row))
    ? (0,json_path/* children */.Y_)(place.value, place.at)
    : [place];
function numeric(place) {
    if (typeof place.value === 'number')
        return [];
    const inside = (0,json_path/* children */.Y_)(place.value, place.at);
    return inside.length > 0
        ? inside.flatMap(numeric)
        : [{ path: (0,json_path/* locationText */.fN)(place.at), expected: 'a finite number', got: (0,difference/* shown */.SP)(place.value) }];
}
function sumsToOne(place, tolerance) {
    return rowsOf(place).flatMap((row) => {
        const path = (0,json_path/* locationText */.fN)(row.at);
        const numbers = numbersOf(row.value);
        if (!numbers)
            return [{ path, expected: 'numbers that sum to 1', got: (0,difference/* shown */.SP)(row.value) }];
        const sum = numbers.reduce((total, [, number]) => total + number, 0);
        return (0,compare/* isClose */.Zj)(1, sum, tolerance)
            ? []
            : [{ path, expected: 'a sum of 1', got: `a sum of ${Number(sum.toPrecision(6))}`, delta: sum - 1 }];
    });
}
/** The k largest; those that are equal to the last of them count as well. */
function ranked(place, keys, what) {
    const path = (0,json_path/* locationText */.fN)(place.at);
    const numbers = numbersOf(place.value);
    const wanted = keys.map(String);
    const expected = `${what} ${wanted.join(', ')}`;
    if (!numbers)
        return [{ path, expected, got: (0,difference/* shown */.SP)(place.value) }];
    const sorted = numbers.toSorted(([, a], [, b]) => b - a);
    const last = sorted[keys.length - 1]?.[1] ?? Number.NEGATIVE_INFINITY;
    const among = new Set(sorted.filter(([, number]) => number >= last).map(([key]) => String(key)));
    if (wanted.every((key) => among.has(key)))
        return [];
    return [
        {
            path,
            expected,
            got: `${what} ${sorted
                .slice(0, keys.length)
                .map(([key]) => key)
                .join(', ')}`,
        },
    ];
}
/** Lengths of nested lists, outermost first; undefined where rows differ in length. */
function shapeOf(value) {
    if (!Array.isArray(value))
        return [];
    const inner = value.map(shapeOf);
    const [first] = inner;
    if (inner.some((shape) => shape === undefined || String(shape) !== String(first)))
        return undefined;
    return [value.length, ...(first ?? [])];
}
function shaped(place, wanted) {
    const shape = shapeOf(place.value);
    const same = shape?.length === wanted.length && wanted.every((length, i) => length === null || length === shape[i]);
    if (same)
        return [];
    const expected = `shape [${wanted.map((length) => length ?? 'any').join(', ')}]`;
    return [{ path: (0,json_path/* locationText */.fN)(place.at), expected, got: shape ? `shape [${shape.join(', ')}]` : 'rows of several lengths' }];
}
/** What of the rules about numbers an answer breaks: finite, sums-to-one, argmax, top-k, shape. */
function judgeNumbers(expect, value) {
    const rank = (what) => ({ path, keys }) => at(value, path, `${what} ${keys.join(', ')}`, (place) => ranked(place, keys, what));
    return [
        ...expect.numeric.flatMap((path) => at(value, path, 'finite numbers', numeric)),
        ...expect.sumsToOne.flatMap((path) => at(value, path, 'numbers that sum to 1', (place) => sumsToOne(place, expect.tolerance))),
        ...expect.argmax.flatMap(rank('largest at')),
        ...expect.topK.flatMap(rank('largest at')),
        ...expect.shapes.flatMap(({ path, shape }) => at(value, path, `shape [${shape.join(', ')}]`, (place) => shaped(place, shape))),
    ];
}

// EXTERNAL MODULE: ./lib/smoke/judge/strict-json.js
var strict_json = __nccwpck_require__(49799);
;// CONCATENATED MODULE: ./lib/smoke/judge/judge.js




function statusText(rule) {
    switch (rule.kind) {
        case 'success':
            return '2xx';
        case 'error':
            return '4xx';
        case 'codes':
            return rule.codes.join(' or ');
    }
}
/** Whether an answer has the status that is expected. */
function statusFits(rule, status) {
    switch (rule.kind) {
        case 'success':
            return status >= 200 && status < 300;
        case 'error':
            return status >= 400 && status < 500;
        case 'codes':
            return rule.codes.includes(status);
    }
}
/** `/source/flags` as a regular expression, new each time, so that it remembers nothing; undefined for any other text. */
function patternOf(text) {
    const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
    return source === undefined ? undefined : new RegExp(source, flags);
}
function judgeText(expect, { headers, body }) {
    const wrong = Object.entries(expect.headers).flatMap(([name, wanted]) => {
        const got = headers[name];
        const pattern = patternOf(wanted);
        const same = got !== undefined && (pattern ? pattern.test(got) : got === wanted);
        return same ? [] : [{ path: `header ${name}`, expected: wanted, got: got ?? 'nothing' }];
    });
    if (expect.pattern === undefined || patternOf(expect.pattern)?.test(body))
        return wrong;
    return [...wrong, { path: '$', expected: expect.pattern, got: (0,difference/* shown */.SP)(body) }];
}
const needsJson = ({ json, schema, numeric, sumsToOne, argmax, topK, shapes, batch }) => json !== undefined ||
    schema !== undefined ||
    batch !== undefined ||
    [numeric, sumsToOne, argmax, topK, shapes].some((list) => list.length > 0);
/**
 * Holds an answer against what a sample expects. Pure; the same answer always gets the same verdict. `schemas` is needed
 * where the sample has a schema, and not asked otherwise.
 */
function judge({ expect }, answer, schemas) {
    if (!statusFits(expect.status, answer.status))
        return { kind: 'status', expected: statusText(expect.status) };
    const texts = judgeText(expect, answer);
    const parsed = (0,strict_json/* parseAnswer */.W)(answer.body);
    if (parsed.kind === 'text') {
        const expected = answer.cut ? 'an answer that ends' : 'JSON';
        const none = needsJson(expect) ? [{ path: '$', expected, got: (0,difference/* shown */.SP)(answer.body) }] : [];
        return verdict([...texts, ...none]);
    }
    const { value } = parsed;
    const unreal = parsed.kind === 'lax' && expect.notFinite === 'refused' ? parsed.notFinite : [];
    const named = new Set(unreal.map(({ path }) => path));
    const held = [
        ...(expect.json === undefined ? [] : (0,compare/* compare */.UD)(expect.json, value, expect)),
        ...(expect.schema === undefined || !schemas ? [] : schemas(expect.schema, value)),
        ...judgeNumbers(expect, value),
    ];
    // NaN where a number is expected is told once, by its own name.
    return verdict([...texts, ...unreal, ...held.filter(({ path }) => !named.has(path))], value);
}
function verdict(differences, value) {
    const read = value === undefined ? {} : { value };
    return differences.length > 0 ? { kind: 'different', differences, ...read } : { kind: 'good', ...read };
}


/***/ }),

/***/ 49799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ parseAnswer)
/* harmony export */ });
/* harmony import */ var _json_path_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(48055);

/** Strings, so that nothing in one is taken for a number, and the literals that Python's json.dumps writes. */
const literals = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const mark = '\u0000ml-image ';
/** Reads strictly, and tells where NaN and Infinity stand if these alone keep it from being JSON. */
function parseAnswer(text) {
    const value = parsed(text);
    if (value !== undefined)
        return { kind: 'json', value };
    const marked = parsed(text.replace(literals, (found) => (found.startsWith('"') ? found : JSON.stringify(mark + found))));
    if (marked === undefined)
        return { kind: 'text' };
    const notFinite = [];
    const cleaned = (one, at) => {
        if (typeof one === 'string' && one.startsWith(mark)) {
            notFinite.push({ path: (0,_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .locationText */ .fN)(at), expected: 'a finite number', got: one.slice(mark.length) });
            return null;
        }
        const inside = (0,_json_path_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(one, at).map((child) => [child.at.at(-1), cleaned(child.value, child.at)]);
        if (Array.isArray(one))
            return inside.map(([, item]) => item);
        return typeof one === 'object' && one !== null ? Object.fromEntries(inside) : one;
    };
    const clean = cleaned(marked, []);
    return notFinite.length > 0 ? { kind: 'lax', value: clean, notFinite } : { kind: 'text' };
}


/***/ }),

/***/ 9172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  v: () => (/* binding */ presets)
});

;// CONCATENATED MODULE: ./lib/smoke/presets/clouds.js
const notFalsy = { kind: 'not-falsy' };
/** What a cloud asks of an image that it is to serve. */
const cloudPresets = {
    sagemaker: {
        name: 'sagemaker',
        proof: 'by contract',
        source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html',
        port: 8080,
        http: { health: { path: '/ping', condition: notFalsy }, predict: { path: '/invocations' } },
        command: ['serve'],
    },
    vertex: {
        name: 'vertex',
        proof: 'by contract',
        source: 'https://cloud.google.com/vertex-ai/docs/predictions/custom-container-requirements',
        port: 8080,
        http: {
            health: { path: '$AIP_HEALTH_ROUTE', condition: notFalsy },
            predict: { path: '$AIP_PREDICT_ROUTE', envelope: 'instances' },
        },
        env: {
            AIP_HTTP_PORT: '8080',
            AIP_HEALTH_ROUTE: '/health',
            AIP_PREDICT_ROUTE: '/predict',
            AIP_STORAGE_URI: '',
        },
    },
    azureml: {
        name: 'azureml',
        proof: 'by contract',
        source: 'https://learn.microsoft.com/azure/machine-learning/how-to-inference-server-http',
        port: 5001,
        http: { health: { path: '/', condition: notFalsy }, predict: { path: '/score' } },
    },
};

;// CONCATENATED MODULE: ./lib/smoke/presets/frameworks.js
const answers = { kind: 'answers' };
/** Servers that come with a framework and its paths. */
const frameworkPresets = {
    mlflow: {
        name: 'mlflow',
        proof: 'proven',
        source: 'https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally',
        port: 8080,
        // The model is loaded before there is a server; 404 says that there is none. The body is a line break.
        http: { health: { path: '/ping', condition: answers }, predict: { path: '/invocations', envelope: 'inputs' } },
        // With MLFLOW_DISABLE_ENV_CREATION=false it installs at its start.
        startTimeoutMs: 300_000,
    },
    bentoml: {
        name: 'bentoml',
        proof: 'proven',
        source: 'https://docs.bentoml.com/en/latest/build-with-bentoml/observability/monitoring-and-data-collection.html',
        port: 3000,
        http: {
            health: { path: '/livez', condition: answers },
            ready: { path: '/readyz', condition: answers },
            predict: { path: '/predict' },
        },
    },
    cog: {
        name: 'cog',
        proof: 'proven',
        source: 'https://cog.run/http',
        port: 5000,
        http: {
            // Answers 200 while it starts, and after its setup has failed.
            health: {
                path: '/health-check',
                condition: { kind: 'value', at: ['status'], is: ['READY'], never: ['SETUP_FAILED', 'DEFUNCT'] },
            },
            predict: { path: '/predictions', envelope: 'input', answer: { status: 'succeeded' } },
        },
        startTimeoutMs: 300_000,
    },
    litserve: {
        name: 'litserve',
        proof: 'proven',
        source: 'https://lightning.ai/docs/litserve',
        port: 8000,
        http: {
            health: { path: '/health', condition: answers },
            predict: { path: '/predict', envelope: 'input' },
            // Once it is set, it is asked for on every path, /health too.
            headers: { 'x-api-key': '$LIT_SERVER_API_KEY' },
        },
    },
    'ray-serve': {
        name: 'ray-serve',
        proof: 'by contract',
        source: 'https://docs.ray.io/en/latest/serve',
        port: 8000,
        http: {
            health: { path: '/-/healthz', condition: answers },
            // The proxy is there before any application: then it has no route.
            ready: { path: '/-/routes', condition: { kind: 'filled', at: [] } },
            predict: { path: '/' },
        },
    },
};

;// CONCATENATED MODULE: ./lib/smoke/presets/language-models.js
/** Weights of gigabytes, often downloaded at the start: peers wait half an hour. */
const halfAnHour = 1_800_000;
const health = { path: '/health', condition: { kind: 'answers' } };
/** Servers of language models. */
const languageModelPresets = {
    vllm: {
        name: 'vllm',
        proof: 'by contract',
        source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
        port: 8000,
        http: {
            health,
            ready: { path: '/v1/models', condition: { kind: 'filled', at: ['data'] } },
            model: [{ method: 'GET', path: '/v1/models', at: ['data'] }],
            predict: { path: '/v1/completions' },
            headers: { authorization: 'Bearer $VLLM_API_KEY' },
        },
        startTimeoutMs: halfAnHour,
    },
    tgi: {
        name: 'tgi',
        proof: 'by contract',
        source: 'https://huggingface.co/docs/text-generation-inference/reference/api_reference',
        port: 80,
        http: { health, predict: { path: '/generate', envelope: 'inputs' } },
        startTimeoutMs: halfAnHour,
    },
    tei: {
        name: 'tei',
        proof: 'by contract',
        source: 'https://huggingface.co/docs/text-embeddings-inference',
        port: 80,
        http: { health, predict: { path: '/embed', envelope: 'inputs' } },
        startTimeoutMs: halfAnHour,
    },
};

;// CONCATENATED MODULE: ./lib/smoke/presets/protocols.js
const protocols_answers = { kind: 'answers' };
/**
 * The Open Inference Protocol. Ready is asked of the model: `/v2/health/ready` is true with no model at all
 * (KServe's `ready()`, and `all([])` of MLServer: SeldonIO/MLServer#2056).
 */
const oip = {
    health: { path: '/v2/health/live', condition: { kind: 'not-falsy' } },
    ready: { path: '/v2/models/{model}/ready', condition: { kind: 'not-falsy' } },
    predict: { path: '/v2/models/{model}/infer', envelope: 'inputs' },
};
/** Triton's extension, which MLServer has too. */
const repositoryIndex = { method: 'POST', path: '/v2/repository/index', at: [] };
const modelList = { method: 'GET', path: '/v2/models', at: ['models'] };
const oipSource = 'https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol';
/** Servers that speak a protocol in which models have names. */
const protocolPresets = {
    'kserve-v1': {
        name: 'kserve-v1',
        proof: 'proven',
        source: 'https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol',
        port: 8080,
        http: {
            health: { path: '/', condition: { kind: 'value', at: ['status'], is: ['alive'] } },
            ready: { path: '/v1/models/{model}', condition: { kind: 'not-falsy' } },
            model: [{ method: 'GET', path: '/v1/models', at: ['models'] }],
            predict: { path: '/v1/models/{model}:predict', envelope: 'instances' },
        },
    },
    'oip-v2': {
        name: 'oip-v2',
        proof: 'by contract',
        source: oipSource,
        port: 8080,
        http: { ...oip, model: [repositoryIndex, modelList] },
    },
    mlserver: {
        name: 'mlserver',
        proof: 'proven',
        source: 'https://mlserver.readthedocs.io',
        port: 8080,
        http: { ...oip, model: [repositoryIndex] },
    },
    triton: {
        name: 'triton',
        proof: 'by contract',
        source: 'https://github.com/triton-inference-server/server/tree/main/docs/protocol',
        port: 8000,
        http: { ...oip, health: { path: '/v2/health/live', condition: protocols_answers }, model: [repositoryIndex] },
        startTimeoutMs: 600_000,
    },
    tfserving: {
        name: 'tfserving',
        proof: 'by contract',
        source: 'https://www.tensorflow.org/tfx/serving/api_rest',
        port: 8501,
        http: {
            ready: {
                path: '/v1/models/{model}',
                condition: { kind: 'value', at: ['model_version_status', 0, 'state'], is: ['AVAILABLE'] },
            },
            model: '$MODEL_NAME',
            predict: { path: '/v1/models/{model}:predict', envelope: 'instances' },
        },
        env: { MODEL_NAME: 'model' },
    },
    torchserve: {
        name: 'torchserve',
        proof: 'by contract',
        source: 'https://docs.pytorch.org/serve/inference_api.html',
        port: 8080,
        http: {
            // With token authorisation, its default, even this answers 400 InvalidKeyException.
            health: { path: '/ping', condition: { kind: 'value', at: ['status'], is: ['Healthy'], never: ['Unhealthy'] } },
            predict: { path: '/predictions/{model}' },
            model: '$MODEL_NAME',
        },
        env: { MODEL_NAME: 'model' },
        startTimeoutMs: 300_000,
    },
    truss: {
        name: 'truss',
        proof: 'by contract',
        source: 'https://github.com/basetenlabs/truss (truss_server.py)',
        port: 8080,
        http: {
            health: { path: '/', condition: protocols_answers },
            ready: { path: '/v1/models/model/loaded', condition: protocols_answers },
            predict: { path: '/v1/models/model:predict' },
        },
        startTimeoutMs: 600_000,
    },
};

;// CONCATENATED MODULE: ./lib/smoke/presets/web.js
const usual = { predict: { path: '/predict' } };
/** Servers that anybody writes: nothing is agreed on but HTTP. */
const webPresets = {
    http: { name: 'http', proof: 'proven', source: 'what most services do', http: usual },
    fastapi: { name: 'fastapi', proof: 'proven', source: 'https://fastapi.tiangolo.com/deployment/docker', port: 8000, http: usual },
    flask: {
        name: 'flask',
        proof: 'proven',
        source: 'https://flask.palletsprojects.com/en/stable/deploying/gunicorn',
        port: 5000,
        http: usual,
    },
    'hf-space': {
        name: 'hf-space',
        proof: 'by contract',
        source: 'https://huggingface.co/docs/hub/spaces-sdks-docker',
        port: 7860,
        http: usual,
    },
    none: { name: 'none', proof: 'proven', source: 'an image without HTTP' },
};

;// CONCATENATED MODULE: ./lib/smoke/presets/table.js





/** Every preset; `http` is what an image is taken for that is recognised as nothing else. */
const presets = {
    ...webPresets,
    ...protocolPresets,
    ...frameworkPresets,
    ...languageModelPresets,
    ...cloudPresets,
};


/***/ }),

/***/ 2947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Mx: () => (/* binding */ watchCheck),
/* harmony export */   Pm: () => (/* binding */ seenOf),
/* harmony export */   dy: () => (/* binding */ probe),
/* harmony export */   is: () => (/* binding */ findModels)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);
/* harmony import */ var _condition_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(66116);


/** Also bounds how many probes are under way. */
const probeTimeoutMs = 5_000;
const largestAnswer = 64 << 10;
const bodyKept = 500;
/** One request that must not change anything. */
async function probe({ host, baseUrl, headers }, path, signal, method = 'GET') {
    const body = method === 'POST' ? { body: '{}' } : {};
    const sent = { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) };
    try {
        const answer = await host.request({
            method,
            url: baseUrl + path,
            headers: sent,
            ...body,
            timeoutMs: probeTimeoutMs,
            maxBytes: largestAnswer,
            signal,
        });
        return { kind: 'answer', path, status: answer.status, body: new TextDecoder().decode(answer.body) };
    }
    catch (error) {
        return { kind: 'silence', error: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error) };
    }
}
/** What an answer leaves behind, with why it is not good. */
function seenOf(answered, because) {
    return answered.kind === 'silence' ? answered : { ...answered, body: answered.body.slice(0, bodyKept), because };
}
const nameOf = (held) => {
    if (typeof held === 'string')
        return [held];
    const { name, id } = (held ?? {});
    return [name, id].filter((text) => typeof text === 'string').slice(0, 1);
};
/** The models that a server lists, by the first list that it has; else what it said instead. */
async function findModels(server, lists, signal) {
    let instead = { kind: 'silence', error: 'no answer' };
    for (const { method, path, at } of lists) {
        const answered = await probe(server, path, signal, method);
        if (answered.kind === 'silence')
            return answered;
        const listed = answered.status === 200 ? (0,_condition_js__WEBPACK_IMPORTED_MODULE_1__/* .valueAt */ .fK)((0,_condition_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAnswer */ .Wp)(answered.body), at) : undefined;
        if (!Array.isArray(listed)) {
            instead = seenOf(answered, answered.status === 200 ? 'it is no list of models' : `status ${answered.status}`);
            continue;
        }
        const names = [...new Set(listed.flatMap(nameOf))];
        return names.length > 0 ? names : seenOf(answered, 'it lists no model');
    }
    return instead;
}
/** Watches one path of a contract; where it names a model, the path of every model that there is. */
function watchCheck(server, { path, condition }, model) {
    return async (signal) => {
        const named = path.includes('{model}');
        const models = !named ? [''] : typeof model === 'string' ? [model] : await findModels(server, model ?? [], signal);
        if ('kind' in models)
            return { kind: 'waiting', seen: models };
        let status = 0;
        for (const name of models) {
            const answered = await probe(server, path.replace('{model}', encodeURIComponent(name)), signal);
            if (answered.kind === 'silence')
                return { kind: 'waiting', seen: answered };
            const verdict = (0,_condition_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeReady */ .rm)(condition, answered.status, answered.body);
            if (verdict.kind !== 'ready')
                return { kind: verdict.kind, seen: seenOf(answered, verdict.because) };
            status = answered.status;
        }
        const [first = ''] = models;
        return {
            kind: 'ready',
            path: path.replace('{model}', encodeURIComponent(first)),
            status,
            proof: 'health',
            ...(named ? { model: first } : {}),
        };
    };
}


/***/ }),

/***/ 29703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H2: () => (/* binding */ anyAnswer),
/* harmony export */   TH: () => (/* binding */ defaultTolerance),
/* harmony export */   VF: () => (/* binding */ gates),
/* harmony export */   pF: () => (/* binding */ jsonHeaders),
/* harmony export */   tk: () => (/* binding */ compares)
/* harmony export */ });
/** spec: rtol=1e-4, atol=1e-6 */
const defaultTolerance = { rtol: 1e-4, atol: 1e-6 };
/** What is expected where nothing is said: 2xx, and numbers that are numbers. */
const anyAnswer = {
    status: { kind: 'success' },
    ignore: [],
    tolerance: defaultTolerance,
    headers: {},
    notFinite: 'refused',
    numeric: [],
    sumsToOne: [],
    argmax: [],
    topK: [],
    shapes: [],
};
const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' };
/** Whether a sample that fails is red. One that nobody has vouched for can only warn. */
function gates({ source }) {
    return source === 'given' || source === 'recorded' || source === 'documented';
}
/** Whether more is expected than the status. */
function compares({ expect }) {
    const { json, pattern, schema, headers, numeric, sumsToOne, argmax, topK, shapes, batch } = expect;
    const lists = [numeric, sumsToOne, argmax, topK, shapes, Object.keys(headers)];
    return (json !== undefined || pattern !== undefined || schema !== undefined || batch !== undefined || lists.some(({ length }) => length > 0));
}


/***/ }),

/***/ 58830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T9: () => (/* binding */ requestText),
/* harmony export */   Z$: () => (/* binding */ atPath),
/* harmony export */   lc: () => (/* binding */ samplesOf)
/* harmony export */ });
/* harmony import */ var _sample_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(29703);

function expectationOf(expectation) {
    if (!expectation)
        return _sample_js__WEBPACK_IMPORTED_MODULE_0__/* .anyAnswer */ .H2;
    return expectation.kind === 'json' ? { ..._sample_js__WEBPACK_IMPORTED_MODULE_0__/* .anyAnswer */ .H2, json: expectation.value } : { ..._sample_js__WEBPACK_IMPORTED_MODULE_0__/* .anyAnswer */ .H2, pattern: String(expectation.pattern) };
}
/** A sample whose file says no path is for that of the predictions. */
function atPath(sample, path) {
    return sample.request.path === '' ? { ...sample, request: { ...sample.request, path } } : sample;
}
/** The samples that were given: predict-body with predict-expect, then those of files. `path` is that of the predictions. */
function samplesOf({ predictBody: body, expectation, samples: ofFiles = [] }, path) {
    const samples = ofFiles.map((sample) => atPath(sample, path));
    if (body === undefined)
        return samples;
    const request = { method: 'POST', path, headers: _sample_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonHeaders */ .pF, body };
    return [{ name: 'predict-body', request, expect: expectationOf(expectation), source: 'given', from: 'predict-body' }, ...samples];
}
const longestShown = 2_000;
/** A request in one line, its body shortened. */
function requestText({ request: { method, path, body, file } }, longest = longestShown) {
    const sent = body === undefined ? (file === undefined ? '' : ` @${file}`) : ` ${body.slice(0, longest)}${body.length > longest ? '...' : ''}`;
    return `${method} ${path}${sent}`;
}


/***/ }),

/***/ 89641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ findSamplesFile),
/* harmony export */   q: () => (/* binding */ findBody)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);

/** Folders that a sample may lie in, from the working directory. */
const folders = ['tests', 'test', '', 'samples', 'examples'];
const endings = ['.json', '.yaml', '.yml', '.jsonl'];
const sampleFiles = ['golden', 'samples'];
/** Files that hold a request's body and nothing else. mlflow writes the first beside a model. */
const bodies = [
    ...['serving_input_example', 'sample_request', 'sample-request', 'example_request', 'example-request'],
    ...['sample_input', 'sample-input', 'input_example', 'predict_request', 'predict-request'],
];
function firstOf(names, folder, files) {
    return names.find((name) => files.kind((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name)) === 'file');
}
/** A samples file that is used without being named: `tests/golden.yaml`, ... A path from `folder`. */
function findSamplesFile(folder, files) {
    const names = sampleFiles.flatMap((name) => folders.flatMap((inside) => endings.map((ending) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(inside, name + ending))));
    return firstOf(names, folder, files);
}
/** A body that is sent where nothing better is known: `sample_request.json`, ... A path from `folder`. */
function findBody(folder, files) {
    return firstOf([...folders, 'model'].flatMap((inside) => bodies.map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(inside, `${name}.json`))), folder, files);
}


/***/ }),

/***/ 59369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  r: () => (/* binding */ parseSamples),
  s: () => (/* binding */ valuesOf)
});

// EXTERNAL MODULE: ./lib/inputs/parse.js
var inputs_parse = __nccwpck_require__(34170);
// EXTERNAL MODULE: ./lib/smoke/judge/json-path.js
var json_path = __nccwpck_require__(48055);
// EXTERNAL MODULE: ./lib/smoke/sample.js
var smoke_sample = __nccwpck_require__(29703);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __nccwpck_require__(83231);
// EXTERNAL MODULE: ./lib/smoke/judge/difference.js
var difference = __nccwpck_require__(54910);
;// CONCATENATED MODULE: ./lib/smoke/samples/field.js



const shortest = 60;
function valueText(value) {
    const text = (0,difference/* shown */.SP)(value);
    return text.length > shortest ? `${text.slice(0, shortest)}...` : text;
}
function fieldOf(value, at, faults) {
    return { value, at, complain: (reason) => void faults.push({ at, reason: `${valueText(value)} ${reason}` }) };
}
/** The fields of an object whose keys are known; an unknown one is a fault, with the nearest that is known. */
function fieldsOf(field, known, faults) {
    const { value, at } = field;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        field.complain(`is no object: it holds ${known.slice(0, 3).join(', ')}${known.length > 3 ? ' ...' : ''}`);
        return undefined;
    }
    const entries = Object.entries(value);
    for (const [key] of entries.filter(([name]) => !known.includes(name))) {
        const near = (0,nearest/* nearest */.p)(key, known);
        faults.push({ at: `${at}.${key}`, reason: `is not known here${near ? `; did you mean ${near}` : `: allowed are ${known.join(', ')}`}` });
    }
    return Object.fromEntries(entries.map(([key, one]) => [key, fieldOf(one, `${at}.${key}`, faults)]));
}
/** What `parse` makes of a field that is there; undefined where it is not, or is wrong, which is noted. */
function parsed(field, parse) {
    if (field === undefined)
        return undefined;
    try {
        return parse(field.value, field);
    }
    catch (error) {
        if (!(error instanceof inputs_parse/* Invalid */.WO))
            throw error;
        field.complain(error.message);
        return undefined;
    }
}
/** @throws Invalid */
function textIn(value) {
    if (typeof value !== 'string')
        throw new inputs_parse/* Invalid */.WO('is no text');
    if (value.trim() === '')
        throw new inputs_parse/* Invalid */.WO('is empty');
    return value;
}
/** One value, or a list of them. */
function listIn(value) {
    return Array.isArray(value) ? value : [value];
}
/** @throws Invalid */
function booleanIn(value) {
    if (typeof value !== 'boolean')
        throw new inputs_parse/* Invalid */.WO('is neither true nor false');
    return value;
}
/** @throws Invalid */
function entriesIn(value, example) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new inputs_parse/* Invalid */.WO(`is no object: write ${example}`);
    const entries = Object.entries(value);
    if (entries.length === 0)
        throw new inputs_parse/* Invalid */.WO(`is empty: write ${example}`);
    return entries;
}

;// CONCATENATED MODULE: ./lib/smoke/samples/parse-tolerance.js



const example = 'write {rtol: 1e-3, atol: 0} or rtol=1e-3,atol=0';
function part(name, value) {
    if (name !== 'rtol' && name !== 'atol') {
        const near = (0,nearest/* nearest */.p)(name, ['rtol', 'atol']);
        throw new inputs_parse/* Invalid */.WO(`has "${name}", which is ${near ? `not known; did you mean ${near}` : `neither rtol nor atol: ${example}`}`);
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number))
        throw new inputs_parse/* Invalid */.WO(`has ${name} ${JSON.stringify(value)}, which is no number`);
    if (number < 0)
        throw new inputs_parse/* Invalid */.WO(`has ${name} ${number}, which is below 0`);
    return [name, number];
}
/** `{rtol, atol}` or `rtol=1e-3,atol=0`; what is left out is the default. @throws Invalid */
function parseTolerance(value) {
    if (typeof value === 'string') {
        const words = value.split(',').map((word) => /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(word));
        const parts = words.map((found) => {
            if (!found)
                throw new inputs_parse/* Invalid */.WO(`is no tolerance: ${example}`);
            return part(found[1] ?? '', found[2] ?? '');
        });
        return { ...smoke_sample/* defaultTolerance */.TH, ...Object.fromEntries(parts) };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new inputs_parse/* Invalid */.WO(`is no tolerance: ${example}`);
    return { ...smoke_sample/* defaultTolerance */.TH, ...Object.fromEntries(Object.entries(value).map(([name, one]) => part(name, one))) };
}

;// CONCATENATED MODULE: ./lib/smoke/samples/parse-expect.js





const known = [
    ...['status', 'json', 'ignore', 'tolerance', 'schema', 'regex', 'headers', 'finite'],
    ...['sums-to-one', 'argmax', 'top-k', 'shape', 'batch', 'error'],
];
function parseStatus(value) {
    if (typeof value === 'string' && /^[24]xx$/i.test(value))
        return { kind: value.startsWith('2') ? 'success' : 'error' };
    const codes = listIn(value).map((code) => {
        if (typeof code !== 'number' || !Number.isInteger(code) || code < 100 || code > 599)
            throw new inputs_parse/* Invalid */.WO('is no status: write 200, [200, 201], 2xx or 4xx');
        return code;
    });
    if (codes.length === 0)
        throw new inputs_parse/* Invalid */.WO('is an empty list of statuses');
    return { kind: 'codes', codes };
}
const parsePaths = (value) => listIn(value).map((path) => (0,json_path/* parseJsonPath */.Hf)(textIn(path)));
function parseRegex(value) {
    const text = textIn(value);
    const whole = isPattern(text) ? text : `/${text}/`;
    (0,inputs_parse/* parseExpectation */.WR)(whole);
    return whole;
}
const isPattern = (text) => /^\/.+\/[a-z]*$/s.test(text);
function parseHeaders(value) {
    const pairs = entriesIn(value, '{content-type: application/json}').map(([name, wanted]) => {
        const text = textIn(wanted);
        if (isPattern(text))
            (0,inputs_parse/* parseExpectation */.WR)(text);
        return [name.toLowerCase(), text];
    });
    return Object.fromEntries(pairs);
}
function parseRank(example) {
    return (value) => entriesIn(value, example).map(([path, keys]) => {
        const list = listIn(keys).map((key) => {
            if (typeof key === 'string' || (typeof key === 'number' && Number.isInteger(key) && key >= 0))
                return key;
            throw new inputs_parse/* Invalid */.WO(`has ${JSON.stringify(key)}, which is neither an index nor a key: write ${example}`);
        });
        if (list.length === 0)
            throw new inputs_parse/* Invalid */.WO(`names no index: write ${example}`);
        return { path: (0,json_path/* parseJsonPath */.Hf)(path), keys: list };
    });
}
function parseArgmax(value) {
    const example = '{$.probabilities: 2}';
    const ranks = parseRank(example)(value);
    if (ranks.some(({ keys }) => keys.length > 1))
        throw new inputs_parse/* Invalid */.WO(`has several places for one: write ${example}, or use top-k`);
    return ranks;
}
function parseShapes(value) {
    const example = '{$.predictions: [3, 2]}';
    const shape = (list) => {
        if (!Array.isArray(list))
            throw new inputs_parse/* Invalid */.WO(`has a shape that is no list: write ${example}`);
        return list.map((length) => {
            if (length === null || (typeof length === 'number' && Number.isInteger(length) && length >= 0))
                return length;
            throw new inputs_parse/* Invalid */.WO(`has the length ${JSON.stringify(length)}: lengths are whole numbers, null for any`);
        });
    };
    if (Array.isArray(value))
        return [{ path: (0,json_path/* parseJsonPath */.Hf)('$'), shape: shape(value) }];
    return entriesIn(value, example).map(([path, list]) => ({ path: (0,json_path/* parseJsonPath */.Hf)(path), shape: shape(list) }));
}
function parseBatch(value) {
    const example = '{request: $.instances, answer: $.predictions}';
    const { request, answer, ...more } = Object.fromEntries(entriesIn(value, example));
    if (request === undefined || answer === undefined || Object.keys(more).length > 0)
        throw new inputs_parse/* Invalid */.WO(`does not name request and answer: write ${example}`);
    const paths = { request: (0,json_path/* parseJsonPath */.Hf)(textIn(request)), answer: (0,json_path/* parseJsonPath */.Hf)(textIn(answer)) };
    for (const { fromRoot, text } of Object.values(paths))
        if (!fromRoot)
            throw new inputs_parse/* Invalid */.WO(`has the path ${text}, which does not begin with $: write ${example}`);
    return paths;
}
function parseSchema(value, tools) {
    let schema = value;
    if (typeof value === 'string') {
        if (!value.startsWith('@'))
            throw new inputs_parse/* Invalid */.WO('is no schema: write the schema, or @FILE');
        try {
            schema = JSON.parse(tools.readText(value.slice(1)));
        }
        catch (error) {
            if (error instanceof inputs_parse/* Invalid */.WO)
                throw error;
            throw new inputs_parse/* Invalid */.WO(`names a file that is not JSON (${error.message})`);
        }
    }
    if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
        throw new inputs_parse/* Invalid */.WO('is no schema: write the schema, or @FILE');
    tools.checkSchema(schema);
    return schema;
}
/** `finite: false` lets NaN through; a path asks for numbers there, and null is none. */
function parseFinite(value) {
    if (typeof value === 'boolean')
        return { notFinite: value ? 'refused' : 'allowed', numeric: [] };
    return { notFinite: 'refused', numeric: parsePaths(value) };
}
/** The `expect` of a sample: every rule that is there, and the defaults for the others. */
function parseExpect(field, tools, faults) {
    const fields = fieldsOf(field, known, faults) ?? {};
    const status = parsed(fields['status'], parseStatus);
    const isError = parsed(fields['error'], booleanIn) ?? false;
    if (isError &&
        status &&
        (status.kind === 'success' || (status.kind === 'codes' && status.codes.some((code) => code < 400 || code > 499))))
        fields['status']?.complain('is not 4xx, which error: true expects');
    const json = fields['json']?.value;
    const pattern = parsed(fields['regex'], parseRegex);
    const schema = parsed(fields['schema'], (value) => parseSchema(value, tools));
    const batch = parsed(fields['batch'], parseBatch);
    const finite = parsed(fields['finite'], parseFinite);
    return {
        ...smoke_sample/* anyAnswer */.H2,
        status: status ?? (isError ? { kind: 'error' } : smoke_sample/* anyAnswer */.H2.status),
        ignore: parsed(fields['ignore'], parsePaths) ?? [],
        tolerance: parsed(fields['tolerance'], parseTolerance) ?? smoke_sample/* anyAnswer */.H2.tolerance,
        headers: parsed(fields['headers'], parseHeaders) ?? {},
        ...finite,
        sumsToOne: parsed(fields['sums-to-one'], parsePaths) ?? [],
        argmax: parsed(fields['argmax'], parseArgmax) ?? [],
        topK: parsed(fields['top-k'], parseRank('{$.probabilities: [2, 0]}')) ?? [],
        shapes: parsed(fields['shape'], parseShapes) ?? [],
        ...(json === undefined ? {} : { json }),
        ...(pattern === undefined ? {} : { pattern }),
        ...(schema === undefined ? {} : { schema }),
        ...(batch === undefined ? {} : { batch }),
    };
}

;// CONCATENATED MODULE: ./lib/smoke/samples/parse-request.js



const parse_request_known = ['method', 'path', 'headers', 'body', 'file'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const ours = new Set(['content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade']);
function parseMethod(value) {
    const method = typeof value === 'string' ? value.toUpperCase() : '';
    if (!methods.some((one) => one === method))
        throw new inputs_parse/* Invalid */.WO(`is not one of ${methods.join(', ')}`);
    return method;
}
function parse_request_parseHeaders(value) {
    const pairs = entriesIn(value, '{X-API-Key: test}').map(([name, text]) => {
        if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
            throw new inputs_parse/* Invalid */.WO(`has the header "${name}", which is no name of a header`);
        if (ours.has(name.toLowerCase()))
            throw new inputs_parse/* Invalid */.WO(`has the header ${name}, which the action sets itself`);
        if (typeof text !== 'string')
            throw new inputs_parse/* Invalid */.WO(`has for ${name} ${JSON.stringify(text)}, which is no text: put it in quotes`);
        if (/[^\t\x20-\x7e\x80-\xff]/.test(text))
            throw new inputs_parse/* Invalid */.WO(`has for ${name} a value with a line break or another character no header may have`);
        return [name.toLowerCase(), text];
    });
    return Object.fromEntries(pairs);
}
/** A text is sent as it is, `@FILE` is the text of a file, anything else is sent as JSON. */
function parseBody(value, tools) {
    if (typeof value !== 'string')
        return JSON.stringify(value);
    return value.startsWith('@') ? tools.readText(value.slice(1)) : value;
}
/** The `request` of a sample. Without a method: POST where there is a body, else GET. */
function parseRequest(field, tools, faults) {
    const fields = fieldsOf(field, parse_request_known, faults) ?? {};
    const body = parsed(fields['body'], (value) => parseBody(value, tools));
    const file = parsed(fields['file'], (value) => tools.fileAt(textIn(value)));
    if (fields['body'] && fields['file'])
        fields['file'].complain('is given beside body: only one of them can be sent');
    const carries = fields['body'] !== undefined || fields['file'] !== undefined;
    const method = parsed(fields['method'], parseMethod) ?? (carries ? 'POST' : 'GET');
    if (carries && (method === 'GET' || method === 'HEAD'))
        fields['method']?.complain('carries no body: use POST, or leave method out');
    return {
        method,
        path: parsed(fields['path'], (value) => (0,inputs_parse/* parsePath */.Rr)(textIn(value))) ?? tools.predictPath,
        headers: { ...(carries ? smoke_sample/* jsonHeaders */.pF : { accept: smoke_sample/* jsonHeaders */.pF.accept }), ...parsed(fields['headers'], parse_request_parseHeaders) },
        ...(body === undefined ? {} : { body }),
        ...(file === undefined ? {} : { file }),
    };
}

;// CONCATENATED MODULE: ./lib/smoke/samples/parse-samples.js






/** Whether each row of a batch can be told from the request. */
function checkBatch(sample, field) {
    const { batch } = sample.expect;
    if (!batch || !field)
        return;
    let body;
    try {
        body = JSON.parse(sample.request.body ?? '');
    }
    catch {
        field.complain('needs a request whose body is JSON');
        return;
    }
    const rows = (0,json_path/* select */.Lt)(body, batch.request);
    const [only] = rows;
    if (rows.length !== 1 || !only || !Array.isArray(only.value) || only.value.length < 2)
        field.complain(`finds no list of two rows or more at ${batch.request.text} of the request`);
}
function parseSample(field, index, from, recorded, tools, faults) {
    const fields = fieldsOf(field, ['name', 'request', 'expect'], faults) ?? {};
    const { name, request, expect } = fields;
    if (!request && !faults.some(({ at }) => at === field.at))
        faults.push({ at: `${field.at}.request`, reason: 'is missing' });
    const sample = {
        name: parsed(name, textIn) ?? `sample ${index + 1}`,
        request: request ? parseRequest(request, tools, faults) : { method: 'POST', path: tools.predictPath, headers: {} },
        expect: expect ? parseExpect(expect, tools, faults) : smoke_sample/* anyAnswer */.H2,
        source: recorded ? 'recorded' : 'given',
        from,
    };
    const batch = expect && !Array.isArray(expect.value) ? expect.value['batch'] : undefined;
    if (batch !== undefined)
        checkBatch(sample, fieldOf(batch, `${expect?.at}.batch`, faults));
    return sample;
}
/** Samples, or everything that is wrong with them. */
function parseSamples({ values, recorded }, from, tools) {
    const faults = [];
    if (values.length === 0)
        faults.push({ at: 'samples', reason: 'is empty: there is nothing to ask' });
    const samples = values.map(({ at, value }, index) => parseSample(fieldOf(value, at, faults), index, from, recorded, tools, faults));
    for (const [index, { name }] of samples.entries()) {
        const first = samples.findIndex((other) => other.name === name);
        if (first < index)
            faults.push({ at: `${values[index]?.at}.name`, reason: `"${name}" is the name of ${values[first]?.at} already` });
    }
    return { samples, faults };
}
/** The samples of a whole document: a list, `{samples: [...]}`, or one sample alone. @throws Invalid */
function valuesOf(document) {
    const listed = (list, recorded) => ({
        values: list.map((value, index) => ({ at: `samples[${index}]`, value })),
        recorded,
    });
    if (Array.isArray(document))
        return listed(document, false);
    if (typeof document !== 'object' || document === null)
        throw new inputs_parse/* Invalid */.WO('holds no samples: write a list of {name, request, expect}');
    const { samples, recorded, ...more } = document;
    if (samples === undefined) {
        if ('request' in document)
            return { values: [{ at: 'sample', value: document }], recorded: false };
        throw new inputs_parse/* Invalid */.WO('holds no samples: write a list of {name, request, expect}');
    }
    const [unknown] = Object.keys(more);
    if (unknown !== undefined)
        throw new inputs_parse/* Invalid */.WO(`has "${unknown}" beside samples, which is not known here`);
    if (!Array.isArray(samples))
        throw new inputs_parse/* Invalid */.WO('has samples that are no list');
    return listed(samples, recorded !== undefined);
}


/***/ }),

/***/ 41537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N$: () => (/* binding */ readValues),
/* harmony export */   uj: () => (/* binding */ isYaml)
/* harmony export */ });
/* unused harmony export largestFile */
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(34170);
/* harmony import */ var _parse_samples_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(59369);


/** A samples file beyond this (bytes) is refused. */
const largestFile = 16 << 20;
/** Whether the YAML library is needed for a file of this name. */
const isYaml = (path) => /\.ya?ml$/i.test(path);
function parseJsonText(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is not JSON (${error.message})`);
    }
}
/** What is JSON of what YAML can say. @throws Invalid on dates, maps with keys that are no texts, .nan and .inf */
function asJson(value, at = '') {
    if (value === null || typeof value === 'boolean' || typeof value === 'string')
        return value;
    if (typeof value === 'number') {
        if (!Number.isFinite(value))
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has ${value}${at}, which no JSON holds`);
        return value;
    }
    if (Array.isArray(value))
        return value.map((item, index) => asJson(item, `${at || ' at '}[${index}]`));
    if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item, `${at ? `${at}.` : ' at '}${key}`)]));
    throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`has a value${at} that is no JSON`);
}
function parseYamlText(text, parse) {
    let value;
    try {
        if (!parse)
            throw new Error('the YAML library was not loaded');
        value = parse(text);
    }
    catch (error) {
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is not YAML (${error.message.split('\n')[0]?.replace(/:$/, '')})`);
    }
    return asJson(value);
}
/** One value a line; blank lines are left out. */
function parseLines(text) {
    const values = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
        if (line.trim() === '')
            return [];
        try {
            return [{ at: `line ${index + 1}`, value: JSON.parse(line) }];
        }
        catch (error) {
            throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is not JSON in line ${index + 1} (${error.message})`);
        }
    });
    return { values, recorded: false };
}
/** The samples of a file, by what its name ends with: .json, .jsonl, .yaml, .yml. @throws Invalid */
function readValues(path, text, parseYaml) {
    if (text.length > largestFile)
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO(`is larger than ${largestFile >> 20} MiB`);
    if (text.trim() === '')
        throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is an empty file');
    if (/\.(jsonl|ndjson)$/i.test(path))
        return parseLines(text);
    if (isYaml(path))
        return (0,_parse_samples_js__WEBPACK_IMPORTED_MODULE_1__/* .valuesOf */ .s)(parseYamlText(text, parseYaml));
    if (/\.json$/i.test(path))
        return (0,_parse_samples_js__WEBPACK_IMPORTED_MODULE_1__/* .valuesOf */ .s)(parseJsonText(text));
    throw new _inputs_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .Invalid */ .WO('is no samples file by its name: .json, .jsonl, .yaml or .yml');
}


/***/ }),

/***/ 52729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EH: () => (/* binding */ pytestOptions),
/* harmony export */   G2: () => (/* binding */ runsPytest),
/* harmony export */   VB: () => (/* binding */ startsPytest),
/* harmony export */   eG: () => (/* binding */ reportPath),
/* harmony export */   vU: () => (/* binding */ testArgv)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);

const shellQuote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** argv of the tests: pytest as a module, so that the project's folder is importable; else the user's line by bash. */
function testArgv(command, python) {
    return command === undefined ? [python, '-m', 'pytest'] : ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', command];
}
/** Options by which any pytest, however it is started, writes a report and leaves nothing in the project. */
function pytestOptions(folder, users, cache = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'cache')) {
    // Ours come last: with pytest the last word counts.
    return [users ?? '', `--junitxml=${shellQuote((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'junit.xml'))}`, `-o cache_dir=${shellQuote(cache)}`].join(' ').trim();
}
/** Whether a command runs pytest: by name, as a module, or behind a tool that runs things in an environment. */
function runsPytest(command) {
    return command === undefined || /(^|[\s;&|(/])(pytest|py\.test)([\s;&|)]|$)/.test(command);
}
/** Whether a command is pytest and nothing else: then a report must come of it. */
function startsPytest(command) {
    return command === undefined || /^\s*(?:(?:uv|poetry|pipenv)\s+run\s+)?(?:python[\d.]*\s+-m\s+)?pytest(?:\s[^|;&\n]*)?$/.test(command);
}
/** Where the report will be: `test-report`, or a file that the command names itself, which has the last word with pytest. */
function reportPath(test, folder, cwd) {
    const [, given] = /--junit-?xml[= ]['"]?([^\s'"]+)/.exec(test.command ?? '') ?? [];
    const named = test.report ?? given;
    return named === undefined ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'junit.xml') : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, named);
}


/***/ }),

/***/ 77136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JA: () => (/* binding */ saveDependencies),
/* harmony export */   SL: () => (/* binding */ dependencyCache),
/* harmony export */   aE: () => (/* binding */ restoreDependencies)
/* harmony export */ });
/* unused harmony export uvCacheFolder */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(76760);


/** Where uv keeps what it downloads. */
function uvCacheFolder(job) {
    return job['UV_CACHE_DIR'] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(job['XDG_CACHE_HOME'] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(job['HOME'] ?? '/', '.cache'), 'uv');
}
const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pyproject.toml'];
const week = 7 * 24 * 3600 * 1000;
/** Adds a file, and the requirements files that it names by -r and -c, each once. */
function addFile(hash, files, path, seen) {
    if (seen.has(path))
        return;
    seen.add(path);
    const text = files.readText(path) ?? '';
    hash.update(`${text.length}\0${text}`);
    for (const [, named = ''] of text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)/gm))
        addFile(hash, files, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), named), seen);
}
/**
 * The key: system, Python, a hash of every file that decides what is installed, and the week, so that what these
 * files leave open is looked up again once a week.
 */
function dependencyCache(host, cwd, requirements, python) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    const seen = new Set();
    for (const file of requirements.kind === 'files' ? requirements.files : lockFiles) {
        hash.update(`${file}\0`);
        addFile(hash, host.files, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(cwd, file), seen);
    }
    const prefix = `ml-image-uv-${host.env['RUNNER_OS'] ?? 'Linux'}-${host.env['RUNNER_ARCH'] ?? 'X64'}-${python ?? 'any'}-`;
    const same = `${prefix}${hash.digest('hex').slice(0, 32)}-`;
    return { path: uvCacheFolder(host.env), key: `${same}${Math.floor(host.now() / week)}`, restoreKeys: [same, prefix] };
}
/** In a folder that stays (a laptop, a self-hosted runner): that all that a key needs is in it. */
const noteOf = ({ path, key }) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, `${key}.complete`);
/**
 * Fetches the cache, if the runner gives the service. A folder that is filled already is taken as it is: `exact` where a
 * green run of this key has filled it. One that the job has named is kept by whoever named it (astral-sh/setup-uv does
 * both), and would be kept twice. Never throws.
 */
async function restoreDependencies(host, cache) {
    if (host.files.kind(noteOf(cache)) === 'file')
        return { kind: 'exact' };
    if (!host.packageCache || host.env['UV_CACHE_DIR'] || host.files.list(cache.path).length > 0)
        return { kind: 'off' };
    try {
        const key = await host.packageCache.restore(cache.path, cache.key, cache.restoreKeys);
        return { kind: key === undefined ? 'miss' : key === cache.key ? 'exact' : 'near' };
    }
    catch {
        return { kind: 'late' };
    }
}
/** Notes that the cache has all that its key needs, and saves it when it is not filed yet. Never throws; `notice` says why it could not. */
async function saveDependencies(host, cache, restored, notice) {
    if (restored.kind === 'exact' || restored.kind === 'late')
        return;
    try {
        if (host.files.kind(cache.path) === 'directory')
            host.files.writePrivate(noteOf(cache), '');
    }
    catch {
        // Not ours to write to: looked up again the next time.
    }
    if (!host.packageCache || restored.kind === 'off')
        return;
    try {
        await host.packageCache.save(cache.path, cache.key);
    }
    catch (error) {
        notice(`The packages for the tests could not be cached (${error instanceof Error ? error.message : String(error)}).`);
    }
}


/***/ }),

/***/ 68225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Je: () => (/* binding */ installCommand),
/* harmony export */   bl: () => (/* binding */ venvCommand),
/* harmony export */   cH: () => (/* binding */ testPackages),
/* harmony export */   iJ: () => (/* binding */ packageSource),
/* harmony export */   oV: () => (/* binding */ makeEnvironment)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _host_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(48647);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(63259);
/* harmony import */ var _dependency_cache_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(77136);
/* harmony import */ var _python_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(99720);
/* harmony import */ var _requirements_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(23589);
/* harmony import */ var _uv_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4553);







/** What the tests need beside the project's own requirements: pytest, and what FastAPI's TestClient imports. */
const testPackages = ['pytest', 'httpx'];
/** The command that makes a virtual environment at `venv`. */
function venvCommand(uv, python, venv) {
    return uv ? [uv, 'venv', '--quiet', '--no-project', '--python', python.python, venv] : [python.python, '-m', 'venv', venv];
}
/** The command that installs into it. */
function installCommand(uv, venv, sources) {
    const python = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(venv, 'bin', 'python');
    return uv
        ? // The strategy that pip has: the best version of all indexes.
            [uv, 'pip', 'install', '--python', python, '--index-strategy', 'unsafe-best-match', ...sources]
        : [python, '-m', 'pip', 'install', '--disable-pip-version-check', ...sources];
}
/** The project in the working directory itself, with extras of it. */
function packageSource(extras) {
    return extras.length > 0 ? `.[${extras.join(',')}]` : '.';
}
/** Arguments for what was found; lists worked out are written to a file in `folder`. */
async function sourcesOf(host, requirements, uv, folder, cwd, env) {
    const writeList = (lines) => {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'requirements.txt');
        host.files.writePrivate(path, `${lines.join('\n')}\n`);
        return ['-r', path];
    };
    const listed = (lines) => (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)(writeList(lines));
    switch (requirements.kind) {
        case 'files':
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)(requirements.files.flatMap((file) => ['-r', file]));
        case 'lines':
            return listed(requirements.lines);
        case 'project':
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)([packageSource(requirements.extras), ...(requirements.lines.length > 0 ? writeList(requirements.lines) : [])]);
        case 'uv-lock': {
            if (!uv)
                return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', 'uv.lock needs uv, which is not on PATH and could not be fetched.');
            const parts = [
                ...requirements.extras.flatMap((name) => ['--extra', name]),
                ...requirements.groups.flatMap((name) => ['--group', name]),
            ];
            const argv = [uv, 'export', '--quiet', '--frozen', '--no-emit-project', '--no-hashes', ...parts];
            const { exitCode, stdout, stderr } = await host.capture({ argv, env, cwd });
            return exitCode === 0
                ? listed(stdout.split('\n'))
                : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', 'uv.lock could not be read.', stderr.trim().split('\n'));
        }
        case 'unsupported':
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', `${requirements.file} cannot be installed by this action: ${requirements.remedy}.`);
        case 'job':
        case 'none':
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)([]);
    }
}
/** Makes a throw-away environment below `folder` and installs into it; by uv, or by pip where uv cannot be had. */
async function makeEnvironment(host, { folder, cwd, requirements, wanted }, print, notice, signal) {
    if (requirements.kind === 'job')
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)({ variables: {}, python: 'python3', how: (0,_requirements_js__WEBPACK_IMPORTED_MODULE_5__/* .requirementsText */ .O)(requirements) });
    const env = (0,_host_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .childEnvironment */ .Qc)('installer', host.env);
    const finding = (0,_uv_js__WEBPACK_IMPORTED_MODULE_6__/* .findUv */ .d4)(host, folder, env);
    let python = await (0,_python_js__WEBPACK_IMPORTED_MODULE_4__/* .findPython */ .Kq)(host, wanted, finding, env);
    const uv = await finding;
    const last = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .tail */ .RT)(20, print);
    const run = async (argv, more = {}, onLine = last.push) => await host.stream({ argv, env: { ...env, ...more }, cwd }, { signal, onLine });
    const venv = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'venv');
    if (wanted?.from === 'python-version' && python.version !== undefined && !(0,_python_js__WEBPACK_IMPORTED_MODULE_4__/* .matches */ .cK)(python.version, wanted.version)) {
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', `Python ${wanted.version} is not on this machine (it has ${python.version}), and without uv it cannot be fetched.`);
    }
    const cache = uv ? (0,_dependency_cache_js__WEBPACK_IMPORTED_MODULE_3__/* .dependencyCache */ .SL)(host, cwd, requirements, python.version ?? wanted?.version) : undefined;
    const restoring = cache ? (0,_dependency_cache_js__WEBPACK_IMPORTED_MODULE_3__/* .restoreDependencies */ .aE)(host, cache) : undefined;
    // Started before uv makes its folder: one that is filled is not restored to.
    const sources = await sourcesOf(host, requirements, uv, folder, cwd, env);
    if (sources.kind !== 'passed')
        return sources;
    let made = await run(venvCommand(uv, python, venv));
    if (python.managed && wanted?.from !== 'python-version' && made.kind === 'exited' && made.exitCode !== 0) {
        notice(`Python ${python.python} (${wanted?.from}) is not on this machine and could not be fetched; testing with python3.`);
        python = await (0,_python_js__WEBPACK_IMPORTED_MODULE_4__/* .findPython */ .Kq)(host, undefined, finding, env);
        made = await run(venvCommand(uv, python, venv));
    }
    if (made.kind === 'stopped')
        return _outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .stopped */ .ce;
    if (made.kind !== 'exited' || made.exitCode !== 0)
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', `No environment with ${python.python} could be made.`, last.lines);
    const wantedSources = [...sources.value, ...testPackages];
    const restored = await restoring;
    // A cache that is still being written is left alone.
    const own = restored?.kind === 'late' ? { UV_CACHE_DIR: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'uv-cache') } : {};
    let installer = uv ? 'uv' : 'pip';
    let installed;
    if (restored?.kind === 'exact') {
        const lines = [];
        const offline = await run([...installCommand(uv, venv, wantedSources), '--offline'], own, (line) => lines.push(line));
        if (offline.kind !== 'exited' || offline.exitCode === 0) {
            installed = offline;
            for (const line of lines)
                last.push(line);
        }
    }
    installed ??= await run(installCommand(uv, venv, wantedSources), own);
    if (uv && installed.kind === 'exited' && installed.exitCode !== 0) {
        notice('uv could not install the requirements; trying once more with pip.');
        installer = 'pip';
        const pip = await run([uv, 'pip', 'install', '--quiet', '--python', (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(venv, 'bin', 'python'), 'pip']);
        installed = pip.kind === 'exited' && pip.exitCode === 0 ? await run(installCommand(undefined, venv, wantedSources)) : pip;
    }
    if (installed.kind === 'stopped')
        return _outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .stopped */ .ce;
    const what = (0,_requirements_js__WEBPACK_IMPORTED_MODULE_5__/* .requirementsText */ .O)(requirements);
    if (installed.kind !== 'exited' || installed.exitCode !== 0) {
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('tests-install-failed', `${what} with ${testPackages.join(' and ')} could not be installed (${installer}).`, last.lines);
    }
    const bin = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(venv, 'bin');
    const source = host.files.kind((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(cwd, 'src')) === 'directory' ? { PYTHONPATH: [(0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(cwd, 'src'), env['PYTHONPATH']].filter(Boolean).join(':') } : {};
    return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .passed */ .bF)({
        variables: { VIRTUAL_ENV: venv, PATH: `${bin}:${env['PATH'] ?? ''}`, ...source },
        python: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(bin, 'python'),
        ...(python.version ? { version: python.version } : {}),
        ...(cache && restored ? { cache: { cache, restored } } : {}),
        how: `Python ${python.version ?? ''} (${wanted && (0,_python_js__WEBPACK_IMPORTED_MODULE_4__/* .matches */ .cK)(python.version, wanted.version) ? wanted.from : 'of the job'}), ${installer}${restored?.kind === 'exact' || restored?.kind === 'near' ? ' with the cache of an earlier run' : ''}, ${what}`,
    });
}


/***/ }),

/***/ 52332:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ readPyproject)
/* harmony export */ });
/* harmony import */ var smol_toml__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3292);

const testNames = ['test', 'tests', 'testing', 'dev'];
const table = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const strings = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);
/** The requirements of a dependency group, its `include-group` entries resolved (PEP 735). */
function group(groups, name, seen = new Set()) {
    const entries = groups[name];
    if (!Array.isArray(entries) || seen.has(name))
        return [];
    return entries.flatMap((entry) => {
        if (typeof entry === 'string')
            return [entry];
        const included = table(entry)['include-group'];
        return typeof included === 'string' ? group(groups, included, new Set([...seen, name])) : [];
    });
}
/** Reads the text of a pyproject.toml (PEP 621, PEP 735). Undefined when it is not TOML. */
function readPyproject(text) {
    let document;
    try {
        document = table((0,smol_toml__WEBPACK_IMPORTED_MODULE_0__.parse)(text));
    }
    catch {
        return undefined;
    }
    const project = table(document['project']);
    const name = typeof project['name'] === 'string' ? project['name'] : '';
    const extras = table(project['optional-dependencies']);
    const groups = table(document['dependency-groups']);
    const foundExtras = testNames.filter((extra) => extra in extras);
    const foundGroups = testNames.filter((one) => one in groups);
    // An extra may name others of the same project: `name[test]`. Names are compared as PEP 503 says.
    const plain = (text) => text.toLowerCase().replace(/[-_.]+/g, '-');
    const expand = (requirement, seen = new Set()) => {
        const [, project = '', named = ''] = /^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?/.exec(requirement.trim()) ?? [];
        if (name === '' || plain(project) !== plain(name))
            return [requirement];
        const fresh = named
            .split(',')
            .map((extra) => extra.trim())
            .filter((extra) => extra !== '' && !seen.has(extra));
        return fresh.flatMap((extra) => strings(extras[extra]).flatMap((inner) => expand(inner, new Set([...seen, ...fresh]))));
    };
    const dynamic = strings(project['dynamic']).includes('dependencies');
    const known = 'project' in document && !dynamic;
    return {
        ...(typeof project['requires-python'] === 'string' ? { requiresPython: project['requires-python'] } : {}),
        ...(known ? { dependencies: strings(project['dependencies']) } : {}),
        testDependencies: [
            ...foundExtras.flatMap((extra) => strings(extras[extra])),
            ...foundGroups.flatMap((one) => group(groups, one)),
        ].flatMap((one) => expand(one)),
        parts: [...foundExtras.map((extra) => `extra ${extra}`), ...foundGroups.map((one) => `group ${one}`)],
    };
}


/***/ }),

/***/ 99720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kq: () => (/* binding */ findPython),
/* harmony export */   VN: () => (/* binding */ mismatchWarning),
/* harmony export */   cK: () => (/* binding */ matches),
/* harmony export */   u2: () => (/* binding */ wantedPython)
/* harmony export */ });
/* unused harmony export shippedPython */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);
/* harmony import */ var _build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(45168);
/* harmony import */ var _pyproject_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(52332);



/** The Python of an official base image, `3.11`, that the stage which ships comes from; undefined for other bases. */
function shippedPython(dockerfile, target) {
    const stages = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .dockerfileStages */ .C8)(dockerfile);
    const ships = (0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .findStage */ .U9)(stages, target);
    return ships && /^(?:\S+\/)?python:(\d+\.\d+)/.exec((0,_build_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .baseOf */ .bx)(stages, ships))?.[1];
}
/** The one minor version that a specifier allows, `3.11`; undefined when it allows several. */
function onlyMinor(specifier) {
    const clean = specifier.replace(/\s/g, '');
    const [, exact] = /^(?:==|~=)(\d+\.\d+)\.(?:\*|\d+)$/.exec(clean) ?? [];
    const [, low, high] = /^>=3\.(\d+)(?:\.\d+)?,<3\.(\d+)(?:\.0)?$/.exec(clean) ?? [];
    return exact ?? (low !== undefined && Number(low) + 1 === Number(high) ? `3.${low}` : undefined);
}
/** Which Python the tests want: the input, `.python-version`, a pyproject.toml that allows one only, the Dockerfile's. */
function wantedPython(host, folder, given, build) {
    if (given !== undefined)
        return { version: given, from: 'python-version' };
    const [pinned] = /^\s*(\d+\.\d+(?:\.\d+)?)\s*$/m.exec(host.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, '.python-version')) ?? '') ?? [];
    if (pinned)
        return { version: pinned.trim(), from: '.python-version' };
    const required = (0,_pyproject_js__WEBPACK_IMPORTED_MODULE_1__/* .readPyproject */ .x)(host.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'pyproject.toml')) ?? '')?.requiresPython;
    const only = required === undefined ? undefined : onlyMinor(required);
    if (only)
        return { version: only, from: 'pyproject.toml' };
    const shipped = shippedPython(build.dockerfile, build.target);
    return shipped ? { version: shipped, from: 'the Dockerfile' } : undefined;
}
const minorOf = (version) => version.split('.').slice(0, 2).join('.');
/** Its version, and what it really is: a shim (pyenv's, asdf's) takes its time whenever it is called. */
async function askPython(host, python, env) {
    const question = 'import sys; print(sys.version.split()[0]); print(sys.executable)';
    const asked = await host.capture({ argv: [python, '-c', question], env }).catch(() => undefined);
    if (asked?.exitCode !== 0)
        return undefined;
    const [version = '', executable = ''] = asked.stdout.trim().split('\n');
    return { version, python: executable.startsWith('/') ? executable : python };
}
/** Whether a version is the wanted one, or of the wanted minor. */
const matches = (version, wanted) => version !== undefined && (version === wanted || version.startsWith(`${wanted}.`));
/** The newest Python of a version in the runner's tool cache (actions/setup-python puts them there). */
function inToolCache(host, wanted) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(host.env['RUNNER_TOOL_CACHE'] ?? host.env['AGENT_TOOLSDIRECTORY'] ?? '/nonexistent', 'Python');
    const found = host.files
        .list(root)
        .filter((version) => matches(version, wanted))
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .at(-1);
    const bins = host.files.list((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, found ?? '')).map((architecture) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(root, found ?? '', architecture, 'bin', 'python3'));
    return found ? bins.find((path) => host.files.kind(path) === 'file') : undefined;
}
/** Looks where setup-python puts them, then on PATH, then leaves it to uv, if that is there. Without a wish: what `python3` is. */
async function findPython(host, wanted, uv, env) {
    const plain = await askPython(host, 'python3', env);
    const fallback = { python: 'python3', ...plain, managed: false };
    if (!wanted || matches(plain?.version, wanted.version))
        return fallback;
    const cached = inToolCache(host, wanted.version);
    if (cached)
        return { python: cached, version: wanted.version, managed: false };
    const named = `python${minorOf(wanted.version)}`;
    const onPath = await askPython(host, named, env);
    if (onPath && matches(onPath.version, wanted.version))
        return { ...onPath, managed: false };
    return (await uv) !== undefined ? { python: wanted.version, version: wanted.version, managed: true } : fallback;
}
/** The warning by name when tests run on another Python than the image ships; undefined when they agree or nothing is known. */
function mismatchWarning(tested, build) {
    const shipped = shippedPython(build.dockerfile, build.target);
    if (!tested || !shipped || minorOf(tested) === shipped)
        return undefined;
    return `python-mismatch: the tests run on Python ${tested}, the image ships ${shipped}. Set python-version: "${shipped}", or test-in: image.`;
}


/***/ }),

/***/ 23589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  o: () => (/* binding */ findRequirements),
  O: () => (/* binding */ requirementsText)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var dist = __nccwpck_require__(3292);
;// CONCATENATED MODULE: ./lib/test/locks.js

const table = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});
const locks_text = (value) => (typeof value === 'string' ? value : undefined);
/** Where a package comes from when not from an index: a PEP 508 direct reference. */
function direct(source) {
    const url = locks_text(source['url']);
    if (url === undefined)
        return undefined;
    if (source['type'] === 'git') {
        const subdirectory = locks_text(source['subdirectory']);
        const at = locks_text(source['resolved_reference']) ?? locks_text(source['reference']) ?? 'HEAD';
        return `git+${url}@${at}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`;
    }
    return source['type'] === 'url' ? url : undefined;
}
/** The pinned requirements of a poetry.lock; optional packages (extras nobody asked for) are left out. */
function poetryRequirements(lock) {
    const packages = table((0,dist.parse)(lock))['package'];
    return (Array.isArray(packages) ? packages : []).map(table).flatMap((entry) => {
        const name = locks_text(entry['name']);
        const version = locks_text(entry['version']);
        if (name === undefined || version === undefined || entry['optional'] === true)
            return [];
        const source = table(entry['source']);
        // A folder or file of the project: of that name the index may have somebody else's.
        if (source['type'] === 'directory' || source['type'] === 'file')
            return [];
        const from = direct(source);
        const perGroup = table(entry['markers']);
        // A group without a marker of its own needs the package everywhere.
        const everywhere = Array.isArray(entry['groups']) && entry['groups'].some((group) => !(String(group) in perGroup));
        const groups = everywhere ? [] : Object.values(perGroup).filter((marker) => typeof marker === 'string');
        const markers = locks_text(entry['markers']) ?? groups.map((marker) => `(${marker})`).join(' or ');
        return [`${from ? `${name} @ ${from}` : `${name}==${version}`}${markers ? ` ; ${markers}` : ''}`];
    });
}
/** The pinned requirements of a Pipfile.lock, those for development too. */
function pipfileRequirements(lock) {
    const document = table(JSON.parse(lock));
    return ['default', 'develop'].flatMap((section) => Object.entries(table(document[section])).flatMap(([name, value]) => {
        const entry = table(value);
        const version = locks_text(entry['version']);
        const extras = Array.isArray(entry['extras']) ? `[${entry['extras'].join(',')}]` : '';
        const git = locks_text(entry['git']);
        if (version === undefined && git === undefined)
            return [];
        const markers = locks_text(entry['markers']);
        return [
            `${name}${extras}${git ? ` @ git+${git}@${locks_text(entry['ref']) ?? 'HEAD'}` : version === '*' ? '' : version}${markers ? ` ; ${markers}` : ''}`,
        ];
    }));
}

// EXTERNAL MODULE: ./lib/test/pyproject.js
var test_pyproject = __nccwpck_require__(52332);
;// CONCATENATED MODULE: ./lib/test/requirements.js



const usualFiles = ['requirements.txt', 'requirements-test.txt', 'requirements-dev.txt'];
const named = (parts, kind) => parts.flatMap((part) => (part.startsWith(`${kind} `) ? [part.slice(kind.length + 1)] : []));
function locked(file, read) {
    try {
        return { kind: 'lines', lines: read(), from: file };
    }
    catch (error) {
        return {
            kind: 'unsupported',
            file,
            remedy: `it cannot be read (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}); make it again`,
        };
    }
}
/** Finds what to install, in the order of the README: what was given, requirements files, locks, pyproject.toml, conda. */
function findRequirements(files, folder, given) {
    if (given === 'none')
        return { kind: 'job' };
    if (given !== undefined)
        return { kind: 'files', files: given };
    const has = (name) => files.kind((0,external_node_path_.join)(folder, name)) === 'file';
    const read = (name) => files.readText((0,external_node_path_.join)(folder, name)) ?? '';
    const usual = usualFiles.filter(has);
    if (usual.length > 0)
        return { kind: 'files', files: usual };
    const pyproject = has('pyproject.toml') ? (0,test_pyproject/* readPyproject */.x)(read('pyproject.toml')) : undefined;
    const parts = pyproject?.parts ?? [];
    if (has('uv.lock'))
        return { kind: 'uv-lock', extras: named(parts, 'extra'), groups: named(parts, 'group') };
    if (has('poetry.lock'))
        return locked('poetry.lock', () => poetryRequirements(read('poetry.lock')));
    if (has('Pipfile.lock'))
        return locked('Pipfile.lock', () => pipfileRequirements(read('Pipfile.lock')));
    if (pyproject?.dependencies) {
        const from = ['pyproject.toml', ...parts].join(', ');
        return { kind: 'lines', lines: [...pyproject.dependencies, ...pyproject.testDependencies], from };
    }
    if (pyproject && has('pyproject.toml') && /^\s*\[(project|build-system)\]/m.test(read('pyproject.toml')))
        return { kind: 'project', extras: named(parts, 'extra'), lines: pyproject.testDependencies };
    if (pyproject && pyproject.testDependencies.length > 0)
        return { kind: 'lines', lines: pyproject.testDependencies, from: ['pyproject.toml', ...parts].join(', ') };
    for (const file of ['environment.yml', 'environment.yaml']) {
        if (has(file))
            return {
                kind: 'unsupported',
                file,
                remedy: 'make the conda environment in the job (conda-incubator/setup-miniconda) and set test-requirements: none',
            };
    }
    return { kind: 'none' };
}
/** How what was found is told. */
function requirementsText(requirements) {
    switch (requirements.kind) {
        case 'files':
            return requirements.files.join(', ');
        case 'lines':
            return requirements.from;
        case 'uv-lock':
            return ['uv.lock', ...requirements.extras.map((name) => `extra ${name}`), ...requirements.groups.map((name) => `group ${name}`)].join(', ');
        case 'project':
            return 'pyproject.toml, as a package';
        case 'job':
            return 'the environment of the job';
        case 'none':
            return 'no requirements file';
        case 'unsupported':
            return requirements.file;
    }
}


/***/ }),

/***/ 4553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ap: () => (/* binding */ fetchUv),
/* harmony export */   d4: () => (/* binding */ findUv),
/* harmony export */   ez: () => (/* binding */ uvVersion)
/* harmony export */ });
/* unused harmony export uvRequirement */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(76760);

/** The uv that is fetched where the job has none. */
const uvVersion = '0.13.8';
/** sha256 of its wheels for Linux (x86-64, arm64; glibc and musl) and macOS, as PyPI lists them: pip takes no other. */
const wheelHashes = [
    'b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1',
    '62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49',
    '0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d',
    'e18a57b8b352eb7c8feb317b9f6f533c8f0ad9673fd6cf34bbe3cf1a9f6a8984',
    '5337c30bb893b4f9ce0ceb921ba2da0d13f649da644f40ad3bef84083bef0203',
    '29451c60f5e8b07403e0a175d5229efc36b0289b34143ff4aaa499a5dd52553a',
];
/** The requirements line that pins uv to those wheels. */
function uvRequirement() {
    return `uv==${uvVersion} ${wheelHashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}`;
}
/** Finds uv on PATH, else fetches it into `folder` by pip. Undefined where neither works: then pip does it all. */
async function findUv(host, folder, env) {
    const there = await host.capture({ argv: ['uv', '--version'], env }).catch(() => undefined);
    return there?.exitCode === 0 ? 'uv' : await fetchUv(host, folder, env);
}
/** Debian's python3 has none of its own; a virtual environment of it has. */
const noPip = /No module named '?pip\b/;
/** Fetches uv into `folder` by pip, whatever the job has. Undefined when that does not work. */
async function fetchUv(host, folder, env) {
    const requirements = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'uv.txt');
    const target = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'uv');
    const venv = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'pip');
    host.files.writePrivate(requirements, `${uvRequirement()}\n`);
    const run = (...argv) => host.capture({ argv, env }).catch(() => undefined);
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps', '--require-hashes'];
    const fetchBy = (python) => run(python, '-m', 'pip', 'install', ...options, '--target', target, '-r', requirements);
    let fetched = await fetchBy('python3');
    if (fetched && noPip.test(fetched.stderr) && (await run('python3', '-m', 'venv', venv))?.exitCode === 0)
        fetched = await fetchBy((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(venv, 'bin', 'python'));
    return fetched?.exitCode === 0 ? (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(target, 'bin', 'uv') : undefined;
}


/***/ }),

/***/ 94241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ untilCancelled)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2521);

/**
 * Waits for something that cannot be broken off, and that leaves nothing behind, only until the run is cancelled.
 * @throws ActionError cancelled
 */
function untilCancelled(cancel, work) {
    return new Promise((resolve, reject) => {
        const stop = () => reject(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('cancelled', 'The run was cancelled.'));
        if (cancel.aborted)
            stop();
        cancel.addEventListener('abort', stop, { once: true });
        void work.then(resolve, reject).finally(() => cancel.removeEventListener('abort', stop));
    });
}


/***/ }),

/***/ 25175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  J: () => (/* reexport */ CsvError),
  parse: () => (/* binding */ parse)
});

// UNUSED EXPORTS: normalize_options

;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/api/CsvError.js
class CsvError extends Error {
  constructor(code, message, options, ...contexts) {
    if (Array.isArray(message)) message = message.join(" ").trim();
    super(message);
    if (Error.captureStackTrace !== undefined) {
      Error.captureStackTrace(this, CsvError);
    }
    this.code = code;
    for (const context of contexts) {
      for (const key in context) {
        const value = context[key];
        this[key] = Buffer.isBuffer(value)
          ? value.toString(options.encoding)
          : value == null
            ? value
            : JSON.parse(JSON.stringify(value));
      }
    }
  }
}



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/utils/is_object.js
const is_object = function (obj) {
  return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/api/normalize_columns_array.js



const normalize_columns_array = function (columns) {
  const normalizedColumns = [];
  for (let i = 0, l = columns.length; i < l; i++) {
    const column = columns[i];
    if (column === undefined || column === null || column === false) {
      normalizedColumns[i] = { disabled: true };
    } else if (typeof column === "string" || typeof column === "number") {
      normalizedColumns[i] = { name: `${column}` };
    } else if (is_object(column)) {
      if (typeof column.name !== "string") {
        throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
          "Option columns missing name:",
          `property "name" is required at position ${i}`,
          "when column is an object literal",
        ]);
      }
      normalizedColumns[i] = column;
    } else {
      throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
        "Invalid column definition:",
        "expect a string or a literal object,",
        `got ${JSON.stringify(column)} at position ${i}`,
      ]);
    }
  }
  return normalizedColumns;
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/utils/ResizeableBuffer.js
class ResizeableBuffer {
  constructor(size = 100) {
    this.size = size;
    this.length = 0;
    this.buf = Buffer.allocUnsafe(size);
  }
  prepend(val) {
    if (Buffer.isBuffer(val)) {
      const length = this.length + val.length;
      if (length >= this.size) {
        this.resize();
        if (length >= this.size) {
          throw Error("INVALID_BUFFER_STATE");
        }
      }
      const buf = this.buf;
      this.buf = Buffer.allocUnsafe(this.size);
      val.copy(this.buf, 0);
      buf.copy(this.buf, val.length);
      this.length += val.length;
    } else {
      const length = this.length++;
      if (length === this.size) {
        this.resize();
      }
      const buf = this.clone();
      this.buf[0] = val;
      buf.copy(this.buf, 1, 0, length);
    }
  }
  append(val) {
    const length = this.length++;
    if (length === this.size) {
      this.resize();
    }
    this.buf[length] = val;
  }
  clone() {
    return Buffer.from(this.buf.slice(0, this.length));
  }
  resize() {
    const length = this.length;
    this.size = this.size * 2;
    const buf = Buffer.allocUnsafe(this.size);
    this.buf.copy(buf, 0, 0, length);
    this.buf = buf;
  }
  toString(encoding) {
    if (encoding) {
      return this.buf.toString(encoding, 0, this.length);
    } else {
      return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
    }
  }
  toJSON() {
    return this.toString("utf8");
  }
  reset() {
    this.length = 0;
  }
}

/* harmony default export */ const utils_ResizeableBuffer = (ResizeableBuffer);

;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/api/init_state.js


const init_state = function (options) {
  // ECMAScript WhiteSpace + LineTerminator codepoints, encoded under
  // `options.encoding`. Aligns trimming with `String.prototype.trim()`.
  // https://tc39.es/ecma262/#sec-white-space
  // https://tc39.es/ecma262/#sec-line-terminators
  //
  // Codepoints unrepresentable in the target encoding are dropped: Node's
  // Buffer substitutes them with `?` (0x3F), and including those would cause
  // literal `?` bytes in the input to be trimmed under `latin1`/`ascii`.
  const timchars = [
    // Basic Latin
    0x0020, // [Space](https://www.fileformat.info/info/unicode/char/0020/index.htm)
    0x0009, // [CHARACTER TABULATION (HT)](https://www.fileformat.info/info/unicode/char/0009/index.htm)
    0x000a, // [LINE FEED (LF)](https://www.fileformat.info/info/unicode/char/000a/index.htm)
    0x000d, // [CARRIAGE RETURN (CR)](https://www.fileformat.info/info/unicode/char/000d/index.htm)
    0x000c, // [FORM FEED (FF)](https://www.fileformat.info/info/unicode/char/000c/index.htm)
    0x000b, // [LINE TABULATION (VT)](https://www.fileformat.info/info/unicode/char/000b/index.htm)
    // Latin-1 Supplement
    0x00a0, // [NO-BREAK SPACE (NBSP)](https://www.fileformat.info/info/unicode/char/00a0/index.htm)
    // Ogham
    0x1680, // [OGHAM SPACE MARK](https://www.fileformat.info/info/unicode/char/1680/index.htm)
    // General Punctuation
    0x2000, // [EN QUAD](https://www.fileformat.info/info/unicode/char/2000/index.htm)
    0x2001, // [EM QUAD](https://www.fileformat.info/info/unicode/char/2001/index.htm)
    0x2002, // [EN SPACE](https://www.fileformat.info/info/unicode/char/2002/index.htm)
    0x2003, // [EM SPACE](https://www.fileformat.info/info/unicode/char/2003/index.htm)
    0x2004, // [THREE-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2004/index.htm)
    0x2005, // [FOUR-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2005/index.htm)
    0x2006, // [SIX-PER-EM SPACE](https://www.fileformat.info/info/unicode/char/2006/index.htm)
    0x2007, // [FIGURE SPACE](https://www.fileformat.info/info/unicode/char/2007/index.htm)
    0x2008, // [PUNCTUATION SPACE](https://www.fileformat.info/info/unicode/char/2008/index.htm)
    0x2009, // [THIN SPACE](https://www.fileformat.info/info/unicode/char/2009/index.htm)
    0x200a, // [HAIR SPACE](https://www.fileformat.info/info/unicode/char/200a/index.htm)
    0x2028, // [LINE SEPARATOR](https://www.fileformat.info/info/unicode/char/2028/index.htm)
    0x2029, // [PARAGRAPH SEPARATOR](https://www.fileformat.info/info/unicode/char/2029/index.htm)
    0x202f, // [NARROW NO-BREAK SPACE (NNBSP)](https://www.fileformat.info/info/unicode/char/202f/index.htm)
    0x205f, // [MEDIUM MATHEMATICAL SPACE (MMSP)](https://www.fileformat.info/info/unicode/char/205f/index.htm)
    0x3000, // [IDEOGRAPHIC SPACE](https://www.fileformat.info/info/unicode/char/3000/index.htm)
    0xfeff, // [ZERO WIDTH NO-BREAK SPACE (BOM)](https://www.fileformat.info/info/unicode/char/feff/index.htm)
  ].reduce((acc, codepoint) => {
    const encoded = Buffer.from(
      String.fromCharCode(codepoint),
      options.encoding,
    );
    if (codepoint !== 0x3f && encoded.length === 1 && encoded[0] === 0x3f) {
      return acc;
    }
    acc.push(encoded);
    return acc;
  }, []);
  // First-byte lookup table for `__isCharTrimable`. Non-whitespace bytes
  // (the common case) bail out in O(1) without scanning every timchar.
  const timcharFirstBytes = new Uint8Array(256);
  for (const t of timchars) timcharFirstBytes[t[0]] = 1;
  return {
    bomSkipped: false,
    bufBytesStart: 0,
    castField: options.cast_function,
    commenting: false,
    delimiterBufPrevious: undefined,
    delimiterDiscovered: false,
    // Current error encountered by a record
    error: undefined,
    enabled: options.from_line === 1,
    escaping: false,
    escapeIsQuote:
      Buffer.isBuffer(options.escape) &&
      Buffer.isBuffer(options.quote) &&
      Buffer.compare(options.escape, options.quote) === 0,
    // columns can be `false`, `true`, `Array`
    expectedRecordLength: Array.isArray(options.columns)
      ? options.columns.length
      : undefined,
    field: new utils_ResizeableBuffer(20),
    firstLineToHeaders: options.cast_first_line_to_header,
    needMoreDataSize: Math.max(
      // Skip if the remaining buffer smaller than comment
      options.comment !== null ? options.comment.length : 0,
      // Skip if the remaining buffer can be delimiter
      ...(options.delimiter
        ? options.delimiter.map((delimiter) => delimiter.length)
        : []),
      // Auto discovery of delimiter is limited to 1 character
      options.delimiter_auto ? 1 : 0,
      // Skip if the remaining buffer can be escape sequence
      options.quote !== null ? options.quote.length : 0,
      // Skip if the remaining buffer can be a multi-byte trim character
      ...timchars.map((t) => t.length),
    ),
    previousBuf: undefined,
    quoting: false,
    stop: false,
    rawBuffer: new utils_ResizeableBuffer(100),
    record: [],
    recordHasError: false,
    record_length: 0,
    recordDelimiterMaxLength:
      options.record_delimiter.length === 0
        ? 0
        : Math.max(...options.record_delimiter.map((v) => v.length)),
    trimChars: [
      Buffer.from(" ", options.encoding)[0],
      Buffer.from("\t", options.encoding)[0],
    ],
    wasQuoting: false,
    wasRowDelimiter: false,
    timchars: timchars,
    timcharFirstBytes: timcharFirstBytes,
  };
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/utils/underscore.js
const underscore = function (str) {
  return str.replace(/([A-Z])/g, function (_, match) {
    return "_" + match.toLowerCase();
  });
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/api/normalize_options.js





const normalize_options = function (opts) {
  const options = {};
  // Merge with user options
  for (const opt in opts) {
    options[underscore(opt)] = opts[opt];
  }
  // Normalize option `encoding`
  // Note: defined first because other options depends on it
  // to convert chars/strings into buffers.
  if (options.encoding === undefined || options.encoding === true) {
    options.encoding = "utf8";
  } else if (options.encoding === null || options.encoding === false) {
    options.encoding = null;
  } else if (
    typeof options.encoding !== "string" &&
    options.encoding !== null
  ) {
    throw new CsvError(
      "CSV_INVALID_OPTION_ENCODING",
      [
        "Invalid option encoding:",
        "encoding must be a string or null to return a buffer,",
        `got ${JSON.stringify(options.encoding)}`,
      ],
      options,
    );
  }
  // Normalize option `bom`
  if (
    options.bom === undefined ||
    options.bom === null ||
    options.bom === false
  ) {
    options.bom = false;
  } else if (options.bom !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_BOM",
      [
        "Invalid option bom:",
        "bom must be true,",
        `got ${JSON.stringify(options.bom)}`,
      ],
      options,
    );
  }
  // Normalize option `cast`
  options.cast_function = null;
  if (
    options.cast === undefined ||
    options.cast === null ||
    options.cast === false ||
    options.cast === ""
  ) {
    options.cast = undefined;
  } else if (typeof options.cast === "function") {
    options.cast_function = options.cast;
    options.cast = true;
  } else if (options.cast !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_CAST",
      [
        "Invalid option cast:",
        "cast must be true or a function,",
        `got ${JSON.stringify(options.cast)}`,
      ],
      options,
    );
  }
  // Normalize option `cast_date`
  if (
    options.cast_date === undefined ||
    options.cast_date === null ||
    options.cast_date === false ||
    options.cast_date === ""
  ) {
    options.cast_date = false;
  } else if (options.cast_date === true) {
    options.cast_date = function (value) {
      const date = Date.parse(value);
      return !isNaN(date) ? new Date(date) : value;
    };
  } else if (typeof options.cast_date !== "function") {
    throw new CsvError(
      "CSV_INVALID_OPTION_CAST_DATE",
      [
        "Invalid option cast_date:",
        "cast_date must be true or a function,",
        `got ${JSON.stringify(options.cast_date)}`,
      ],
      options,
    );
  }
  // Normalize option `columns`
  options.cast_first_line_to_header = undefined;
  if (options.columns === true) {
    // Fields in the first line are converted as-is to columns
    options.cast_first_line_to_header = undefined;
  } else if (typeof options.columns === "function") {
    options.cast_first_line_to_header = options.columns;
    options.columns = true;
  } else if (Array.isArray(options.columns)) {
    options.columns = normalize_columns_array(options.columns);
  } else if (
    options.columns === undefined ||
    options.columns === null ||
    options.columns === false
  ) {
    options.columns = false;
  } else {
    throw new CsvError(
      "CSV_INVALID_OPTION_COLUMNS",
      [
        "Invalid option columns:",
        "expect an array, a function or true,",
        `got ${JSON.stringify(options.columns)}`,
      ],
      options,
    );
  }
  // Normalize option `group_columns_by_name`
  if (
    options.group_columns_by_name === undefined ||
    options.group_columns_by_name === null ||
    options.group_columns_by_name === false
  ) {
    options.group_columns_by_name = false;
  } else if (options.group_columns_by_name !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME",
      [
        "Invalid option group_columns_by_name:",
        "expect an boolean,",
        `got ${JSON.stringify(options.group_columns_by_name)}`,
      ],
      options,
    );
  } else if (options.columns === false) {
    throw new CsvError(
      "CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME",
      [
        "Invalid option group_columns_by_name:",
        "the `columns` mode must be activated.",
      ],
      options,
    );
  }
  // Normalize option `comment`
  if (
    options.comment === undefined ||
    options.comment === null ||
    options.comment === false ||
    options.comment === ""
  ) {
    options.comment = null;
  } else {
    if (typeof options.comment === "string") {
      options.comment = Buffer.from(options.comment, options.encoding);
    }
    if (!Buffer.isBuffer(options.comment)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_COMMENT",
        [
          "Invalid option comment:",
          "comment must be a buffer or a string,",
          `got ${JSON.stringify(options.comment)}`,
        ],
        options,
      );
    }
  }
  // Normalize option `comment_no_infix`
  if (
    options.comment_no_infix === undefined ||
    options.comment_no_infix === null ||
    options.comment_no_infix === false
  ) {
    options.comment_no_infix = false;
  } else if (options.comment_no_infix !== true) {
    throw new CsvError(
      "CSV_INVALID_OPTION_COMMENT",
      [
        "Invalid option comment_no_infix:",
        "value must be a boolean,",
        `got ${JSON.stringify(options.comment_no_infix)}`,
      ],
      options,
    );
  }
  // Normalize option `delimiter_auto`
  if (
    options.delimiter_auto === undefined ||
    options.delimiter_auto === null ||
    options.delimiter_auto === false
  ) {
    options.delimiter_auto = false;
  } else if (options.delimiter_auto === true) {
    options.delimiter_auto = {};
  } else if (!is_object(options.delimiter_auto)) {
    throw new CsvError(
      "CSV_INVALID_OPTION_DELIMITER_AUTO",
      [
        "Invalid option delimiter_auto:",
        "delimiter_auto must be a boolean or a configuration object,",
        `got ${JSON.stringify(options.delimiter_auto)}`,
      ],
      options,
    );
  }
  if (options.delimiter_auto) {
    if (options.delimiter_auto.preferred === undefined)
      options.delimiter_auto.preferred = {
        [",".charCodeAt(0)]: 1.8,
        ["\t".charCodeAt(0)]: 1.8,
        [";".charCodeAt(0)]: 1.6,
        [" ".charCodeAt(0)]: 1.6,
        [":".charCodeAt(0)]: 1.5,
        [".".charCodeAt(0)]: 1.4,
        ["/".charCodeAt(0)]: 1.4,
      };
    else if (!is_object(options.delimiter_auto.preferred)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "preferred must be an object,",
          `got ${JSON.stringify(options.delimiter_auto.preferred)}`,
        ],
        options,
      );
    }
    if (options.delimiter_auto.score === undefined)
      options.delimiter_auto.score = (info, options) => {
        return (
          (info.total - info.std) * (options.preferred[info.char_code] || 1)
        );
      };
    else if (typeof options.delimiter_auto.score !== "function") {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "score must be a function,",
          `got ${JSON.stringify(options.delimiter_auto.score)}`,
        ],
        options,
      );
    }
    if (options.delimiter_auto.size === undefined)
      options.delimiter_auto.size = 2048;
    else if (typeof options.delimiter_auto.size !== "number") {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER_AUTO",
        [
          "Invalid option delimiter_auto:",
          "size must be a number,",
          `got ${JSON.stringify(options.delimiter_auto.size)}`,
        ],
        options,
      );
    }
  }
  // Normalize option `delimiter`
  const delimiter_json = JSON.stringify(options.delimiter);
  if (options.delimiter_auto !== false) {
    options.delimiter = [];
  }
  if (!Array.isArray(options.delimiter)) {
    if (
      options.delimiter === undefined ||
      options.delimiter === null ||
      options.delimiter === false
    ) {
      options.delimiter = Buffer.from(",", options.encoding);
    }
    options.delimiter = [options.delimiter];
  }
  options.delimiter = options.delimiter.map(function (delimiter) {
    if (typeof delimiter === "string") {
      delimiter = Buffer.from(delimiter, options.encoding);
    }
    if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_DELIMITER",
        [
          "Invalid option delimiter:",
          "delimiter must be a non empty string or buffer or array of string|buffer,",
          `got ${delimiter_json}`,
        ],
        options,
      );
    }
    return delimiter;
  });
  // Normalize option `escape`
  if (options.escape === undefined || options.escape === true) {
    options.escape = Buffer.from('"', options.encoding);
  } else if (typeof options.escape === "string") {
    options.escape = Buffer.from(options.escape, options.encoding);
  } else if (options.escape === null || options.escape === false) {
    options.escape = null;
  }
  if (options.escape !== null) {
    if (!Buffer.isBuffer(options.escape)) {
      throw new Error(
        `Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`,
      );
    }
  }
  // Normalize option `from`
  if (options.from === undefined || options.from === null) {
    options.from = 1;
  } else {
    if (typeof options.from === "string" && /\d+/.test(options.from)) {
      options.from = parseInt(options.from);
    }
    if (Number.isInteger(options.from)) {
      if (options.from < 0) {
        throw new Error(
          `Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`,
        );
      }
    } else {
      throw new Error(
        `Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`,
      );
    }
  }
  // Normalize option `from_line`
  if (options.from_line === undefined || options.from_line === null) {
    options.from_line = 1;
  } else {
    if (
      typeof options.from_line === "string" &&
      /\d+/.test(options.from_line)
    ) {
      options.from_line = parseInt(options.from_line);
    }
    if (Number.isInteger(options.from_line)) {
      if (options.from_line <= 0) {
        throw new Error(
          `Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`,
        );
      }
    } else {
      throw new Error(
        `Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`,
      );
    }
  }
  // Normalize options `ignore_last_delimiters`
  if (
    options.ignore_last_delimiters === undefined ||
    options.ignore_last_delimiters === null
  ) {
    options.ignore_last_delimiters = false;
  } else if (typeof options.ignore_last_delimiters === "number") {
    options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
    if (options.ignore_last_delimiters === 0) {
      options.ignore_last_delimiters = false;
    }
  } else if (typeof options.ignore_last_delimiters !== "boolean") {
    throw new CsvError(
      "CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS",
      [
        "Invalid option `ignore_last_delimiters`:",
        "the value must be a boolean value or an integer,",
        `got ${JSON.stringify(options.ignore_last_delimiters)}`,
      ],
      options,
    );
  }
  if (options.ignore_last_delimiters === true && options.columns === false) {
    throw new CsvError(
      "CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS",
      [
        "The option `ignore_last_delimiters`",
        "requires the activation of the `columns` option",
      ],
      options,
    );
  }
  // Normalize option `info`
  if (
    options.info === undefined ||
    options.info === null ||
    options.info === false
  ) {
    options.info = false;
  } else if (options.info !== true) {
    throw new Error(
      `Invalid Option: info must be true, got ${JSON.stringify(options.info)}`,
    );
  }
  // Normalize option `max_record_size`
  if (
    options.max_record_size === undefined ||
    options.max_record_size === null ||
    options.max_record_size === false
  ) {
    options.max_record_size = 0;
  } else if (
    Number.isInteger(options.max_record_size) &&
    options.max_record_size >= 0
  ) {
    // Great, nothing to do
  } else if (
    typeof options.max_record_size === "string" &&
    /\d+/.test(options.max_record_size)
  ) {
    options.max_record_size = parseInt(options.max_record_size);
  } else {
    throw new Error(
      `Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`,
    );
  }
  // Normalize option `objname`
  if (
    options.objname === undefined ||
    options.objname === null ||
    options.objname === false
  ) {
    options.objname = undefined;
  } else if (Buffer.isBuffer(options.objname)) {
    if (options.objname.length === 0) {
      throw new Error(`Invalid Option: objname must be a non empty buffer`);
    }
    if (options.encoding === null) {
      // Don't call `toString`, leave objname as a buffer
    } else {
      options.objname = options.objname.toString(options.encoding);
    }
  } else if (typeof options.objname === "string") {
    if (options.objname.length === 0) {
      throw new Error(`Invalid Option: objname must be a non empty string`);
    }
    // Great, nothing to do
  } else if (typeof options.objname === "number") {
    // if(options.objname.length === 0){
    //   throw new Error(`Invalid Option: objname must be a non empty string`);
    // }
    // Great, nothing to do
  } else {
    throw new Error(
      `Invalid Option: objname must be a string or a buffer, got ${options.objname}`,
    );
  }
  if (options.objname !== undefined) {
    if (typeof options.objname === "number") {
      if (options.columns !== false) {
        throw Error(
          "Invalid Option: objname index cannot be combined with columns or be defined as a field",
        );
      }
    } else {
      // A string or a buffer
      if (options.columns === false) {
        throw Error(
          "Invalid Option: objname field must be combined with columns or be defined as an index",
        );
      }
    }
  }
  // Normalize option `on_record`
  if (options.on_record === undefined || options.on_record === null) {
    options.on_record = undefined;
  } else if (typeof options.on_record !== "function") {
    throw new CsvError(
      "CSV_INVALID_OPTION_ON_RECORD",
      [
        "Invalid option `on_record`:",
        "expect a function,",
        `got ${JSON.stringify(options.on_record)}`,
      ],
      options,
    );
  }
  // Normalize option `on_skip`
  // options.on_skip ??= (err, chunk) => {
  //   this.emit('skip', err, chunk);
  // };
  if (
    options.on_skip !== undefined &&
    options.on_skip !== null &&
    typeof options.on_skip !== "function"
  ) {
    throw new Error(
      `Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`,
    );
  }
  // Normalize option `quote`
  if (
    options.quote === null ||
    options.quote === false ||
    options.quote === ""
  ) {
    options.quote = null;
  } else {
    if (options.quote === undefined || options.quote === true) {
      options.quote = Buffer.from('"', options.encoding);
    } else if (typeof options.quote === "string") {
      options.quote = Buffer.from(options.quote, options.encoding);
    }
    if (!Buffer.isBuffer(options.quote)) {
      throw new Error(
        `Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`,
      );
    }
  }
  // Normalize option `raw`
  if (
    options.raw === undefined ||
    options.raw === null ||
    options.raw === false
  ) {
    options.raw = false;
  } else if (options.raw !== true) {
    throw new Error(
      `Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`,
    );
  }
  // Normalize option `record_delimiter`
  if (options.record_delimiter === undefined) {
    options.record_delimiter = [];
  } else if (
    typeof options.record_delimiter === "string" ||
    Buffer.isBuffer(options.record_delimiter)
  ) {
    if (options.record_delimiter.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a non empty string or buffer,",
          `got ${JSON.stringify(options.record_delimiter)}`,
        ],
        options,
      );
    }
    options.record_delimiter = [options.record_delimiter];
  } else if (!Array.isArray(options.record_delimiter)) {
    throw new CsvError(
      "CSV_INVALID_OPTION_RECORD_DELIMITER",
      [
        "Invalid option `record_delimiter`:",
        "value must be a string, a buffer or array of string|buffer,",
        `got ${JSON.stringify(options.record_delimiter)}`,
      ],
      options,
    );
  }
  options.record_delimiter = options.record_delimiter.map(function (rd, i) {
    if (typeof rd !== "string" && !Buffer.isBuffer(rd)) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a string, a buffer or array of string|buffer",
          `at index ${i},`,
          `got ${JSON.stringify(rd)}`,
        ],
        options,
      );
    } else if (rd.length === 0) {
      throw new CsvError(
        "CSV_INVALID_OPTION_RECORD_DELIMITER",
        [
          "Invalid option `record_delimiter`:",
          "value must be a non empty string or buffer",
          `at index ${i},`,
          `got ${JSON.stringify(rd)}`,
        ],
        options,
      );
    }
    if (typeof rd === "string") {
      rd = Buffer.from(rd, options.encoding);
    }
    return rd;
  });
  // Normalize option `relax_column_count`
  if (typeof options.relax_column_count === "boolean") {
    // Great, nothing to do
  } else if (
    options.relax_column_count === undefined ||
    options.relax_column_count === null
  ) {
    options.relax_column_count = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`,
    );
  }
  if (typeof options.relax_column_count_less === "boolean") {
    // Great, nothing to do
  } else if (
    options.relax_column_count_less === undefined ||
    options.relax_column_count_less === null
  ) {
    options.relax_column_count_less = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`,
    );
  }
  if (typeof options.relax_column_count_more === "boolean") {
    // Great, nothing to do
  } else if (
    options.relax_column_count_more === undefined ||
    options.relax_column_count_more === null
  ) {
    options.relax_column_count_more = false;
  } else {
    throw new Error(
      `Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`,
    );
  }
  // Normalize option `relax_quotes`
  if (typeof options.relax_quotes === "boolean") {
    // Great, nothing to do
  } else if (
    options.relax_quotes === undefined ||
    options.relax_quotes === null
  ) {
    options.relax_quotes = false;
  } else {
    throw new Error(
      `Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`,
    );
  }
  // Normalize option `skip_empty_lines`
  if (typeof options.skip_empty_lines === "boolean") {
    // Great, nothing to do
  } else if (
    options.skip_empty_lines === undefined ||
    options.skip_empty_lines === null
  ) {
    options.skip_empty_lines = false;
  } else {
    throw new Error(
      `Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`,
    );
  }
  // Normalize option `skip_records_with_empty_values`
  if (typeof options.skip_records_with_empty_values === "boolean") {
    // Great, nothing to do
  } else if (
    options.skip_records_with_empty_values === undefined ||
    options.skip_records_with_empty_values === null
  ) {
    options.skip_records_with_empty_values = false;
  } else {
    throw new Error(
      `Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`,
    );
  }
  // Normalize option `skip_records_with_error`
  if (typeof options.skip_records_with_error === "boolean") {
    // Great, nothing to do
  } else if (
    options.skip_records_with_error === undefined ||
    options.skip_records_with_error === null
  ) {
    options.skip_records_with_error = false;
  } else {
    throw new Error(
      `Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`,
    );
  }
  // Normalize option `rtrim`
  if (
    options.rtrim === undefined ||
    options.rtrim === null ||
    options.rtrim === false
  ) {
    options.rtrim = false;
  } else if (options.rtrim !== true) {
    throw new Error(
      `Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`,
    );
  }
  // Normalize option `ltrim`
  if (
    options.ltrim === undefined ||
    options.ltrim === null ||
    options.ltrim === false
  ) {
    options.ltrim = false;
  } else if (options.ltrim !== true) {
    throw new Error(
      `Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`,
    );
  }
  // Normalize option `trim`
  if (
    options.trim === undefined ||
    options.trim === null ||
    options.trim === false
  ) {
    options.trim = false;
  } else if (options.trim !== true) {
    throw new Error(
      `Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`,
    );
  }
  // Normalize options `trim`, `ltrim` and `rtrim`
  if (options.trim === true && opts.ltrim !== false) {
    options.ltrim = true;
  } else if (options.ltrim !== true) {
    options.ltrim = false;
  }
  if (options.trim === true && opts.rtrim !== false) {
    options.rtrim = true;
  } else if (options.rtrim !== true) {
    options.rtrim = false;
  }
  // Normalize option `to`
  if (options.to === undefined || options.to === null) {
    options.to = -1;
  } else if (options.to !== -1) {
    if (typeof options.to === "string" && /\d+/.test(options.to)) {
      options.to = parseInt(options.to);
    }
    if (Number.isInteger(options.to)) {
      if (options.to <= 0) {
        throw new Error(
          `Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`,
        );
      }
    } else {
      throw new Error(
        `Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`,
      );
    }
  }
  // Normalize option `to_line`
  if (options.to_line === undefined || options.to_line === null) {
    options.to_line = -1;
  } else if (options.to_line !== -1) {
    if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) {
      options.to_line = parseInt(options.to_line);
    }
    if (Number.isInteger(options.to_line)) {
      if (options.to_line <= 0) {
        throw new Error(
          `Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`,
        );
      }
    } else {
      throw new Error(
        `Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`,
      );
    }
  }
  return options;
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/utils/delimiter_discover.js



// Discussed in [issue #400](https://github.com/adaltas/node-csv/issues/400)
// See https://github.com/python/cpython/blob/ea1b1c579f600cc85d145c60862b2e6b98701b24/Lib/csv.py#L349
const delimiter_discover = function (records, options) {
  // Normalize the configuration
  if (!options) {
    ({ delimiter_auto: options } = normalize_options({ delimiter_auto: true }));
  }
  // Convert String to Buffer
  if (typeof records === "string") {
    records = Buffer.from(records);
  }
  // Convert Buffer to an array of records
  if (Buffer.isBuffer(records)) {
    records = ((data) => {
      const records = [];
      const parser = transform({ delimiter: [] });
      const push = (record) => records.push(record);
      const close = () => {};
      const error = parser.parse(data, true, push, close);
      if (error !== undefined) throw error;
      return records;
    })(records);
  }
  // Info array initialization, 127 entries, one per char code
  const info = Array(127)
    .fill()
    .map(() => ({ lines: [] }));
  // Traverse each records, count occurences per char code
  records.map(([record], line) => {
    for (let i = 0, l = record.length; i < l; i++) {
      // Count the character frequency
      const code = record.charCodeAt(i);
      if (info[code].lines[line] === undefined) info[code].lines[line] = 0;
      info[code].lines[line]++;
    }
  });
  // Traverse each char code, compute the score
  info.map((info, i) => {
    info.char_code = i;
    info.std = std(info.lines);
    info.total = info.lines.reduce((acc, val) => acc + val, 0);
    info.preferred = !!options.preferred[i];
    info.score = options.score(info, options);
  });
  // Extract the dominant character
  const result = info.reduce(
    (acc, info) => (acc.score > info.score ? acc : info),
    {},
  );
  return String.fromCharCode(result.char_code);
};

const std = function (array) {
  const n = array.length;
  if (n === 0) return 0;
  const mean = array.reduce((a, b) => a + b) / n;
  return Math.sqrt(
    array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n,
  );
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/api/index.js






const isRecordEmpty = function (record) {
  return record.every(
    (field) =>
      field == null || (field.toString && field.toString().trim() === ""),
  );
};

const cr = 13; // `\r`, carriage return, 0x0D in hexadécimal, 13 in decimal
const nl = 10; // `\n`, newline, 0x0A in hexadecimal, 10 in decimal

const boms = {
  // Note, the following are equals:
  // Buffer.from("\ufeff")
  // Buffer.from([239, 187, 191])
  // Buffer.from('EFBBBF', 'hex')
  utf8: Buffer.from([239, 187, 191]),
  // Note, the following are equals:
  // Buffer.from "\ufeff", 'utf16le
  // Buffer.from([255, 254])
  utf16le: Buffer.from([255, 254]),
};

const transform = function (original_options = {}) {
  const info = {
    bytes: 0,
    bytes_records: 0,
    comment_lines: 0,
    empty_lines: 0,
    invalid_field_length: 0,
    lines: 1,
    records: 0,
  };
  const options = normalize_options(original_options);
  return {
    info: info,
    original_options: original_options,
    options: options,
    state: init_state(options),
    __needMoreData: function (i, bufLen, end) {
      if (end) return false;
      const { encoding, escape, quote } = this.options;
      const { quoting, needMoreDataSize, recordDelimiterMaxLength } =
        this.state;
      const numOfCharLeft = bufLen - i - 1;
      const requiredLength = Math.max(
        needMoreDataSize,
        // Skip if the remaining buffer smaller than record delimiter
        // If "record_delimiter" is yet to be discovered:
        // 1. It is equals to `[]` and "recordDelimiterMaxLength" equals `0`
        // 2. We set the length to windows line ending in the current encoding
        // Note, that encoding is known from user or bom discovery at that point
        // recordDelimiterMaxLength,
        recordDelimiterMaxLength === 0
          ? Buffer.from("\r\n", encoding).length
          : recordDelimiterMaxLength,
        // Skip if remaining buffer can be an escaped quote
        quoting ? (escape === null ? 0 : escape.length) + quote.length : 0,
        // Skip if remaining buffer can be record delimiter following the closing quote
        quoting ? quote.length + recordDelimiterMaxLength : 0,
      );
      return numOfCharLeft < requiredLength;
    },
    // Central parser implementation
    parse: function (nextBuf, end, push, close) {
      const {
        bom,
        comment_no_infix,
        delimiter_auto,
        encoding,
        from_line,
        ltrim,
        max_record_size,
        raw,
        relax_quotes,
        rtrim,
        skip_empty_lines,
        to,
        to_line,
      } = this.options;
      let { comment, escape, quote, record_delimiter } = this.options;
      const {
        bomSkipped,
        delimiterDiscovered,
        delimiterBufPrevious,
        rawBuffer,
        escapeIsQuote,
      } = this.state;
      // Automatic delimiter discovery
      if (!delimiterDiscovered && delimiter_auto) {
        let delimiterBuf;
        if (delimiterBufPrevious === undefined) {
          delimiterBuf = nextBuf;
        } else if (
          delimiterBufPrevious !== undefined &&
          nextBuf === undefined
        ) {
          delimiterBuf = delimiterBufPrevious;
        } else {
          delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
        }
        // Ensure that nextBuf is not concatenated a second time during buffer reconciliation
        nextBuf = undefined;
        // this.delimiterBufPrevious = delimiterBuf;
        if (end || delimiterBuf.length > delimiter_auto.size) {
          this.options.delimiter = [
            Buffer.from(
              delimiter_discover(delimiterBuf, this.options.delimiter_auto),
            ),
          ];
          this.state.previousBuf = delimiterBuf;
          this.state.delimiterBufPrevious = undefined;
          this.state.delimiterDiscovered = true;
        } else {
          this.state.delimiterBufPrevious = delimiterBuf;
          return;
        }
      }
      // Previous buffers reconciliation
      const { previousBuf } = this.state;
      let buf;
      if (previousBuf === undefined) {
        if (nextBuf === undefined) {
          // Handle empty string
          close();
          return;
        } else {
          buf = nextBuf;
        }
      } else if (previousBuf !== undefined && nextBuf === undefined) {
        buf = previousBuf;
      } else {
        buf = Buffer.concat([previousBuf, nextBuf]);
      }
      // Handle UTF BOM
      if (bomSkipped === false) {
        if (bom === false) {
          this.state.bomSkipped = true;
        } else if (buf.length < 3) {
          // No enough data
          if (end === false) {
            // Wait for more data
            this.state.previousBuf = buf;
            return;
          }
        } else {
          for (const encoding in boms) {
            if (boms[encoding].compare(buf, 0, boms[encoding].length) === 0) {
              // Skip BOM
              const bomLength = boms[encoding].length;
              this.state.bufBytesStart += bomLength;
              buf = buf.slice(bomLength);
              // Renormalize original options with the new encoding
              const options = normalize_options({
                ...this.original_options,
                encoding: encoding,
              });
              // Properties are merged with the existing options instance
              for (const key in options) {
                this.options[key] = options[key];
              }
              // Options will re-evaluate the Buffer with the new encoding
              ({ comment, escape, quote } = this.options);
              break;
            }
          }
          this.state.bomSkipped = true;
        }
      }
      const bufLen = buf.length;
      let pos;
      for (pos = 0; pos < bufLen; pos++) {
        // Ensure we get enough space to look ahead
        // There should be a way to move this out of the loop
        if (this.__needMoreData(pos, bufLen, end)) {
          break;
        }
        if (this.state.wasRowDelimiter === true) {
          this.info.lines++;
          this.state.wasRowDelimiter = false;
        }
        if (to_line !== -1 && this.info.lines > to_line) {
          this.state.stop = true;
          close();
          return;
        }
        // Auto discovery of record_delimiter, unix, mac and windows supported
        if (this.state.quoting === false && record_delimiter.length === 0) {
          const record_delimiterCount = this.__autoDiscoverRecordDelimiter(
            buf,
            pos,
          );
          if (record_delimiterCount) {
            record_delimiter = this.options.record_delimiter;
          }
        }
        const chr = buf[pos];
        if (raw === true) {
          rawBuffer.append(chr);
        }
        if (
          (chr === cr || chr === nl) &&
          this.state.wasRowDelimiter === false
        ) {
          this.state.wasRowDelimiter = true;
        }
        // Previous char was a valid escape char
        // treat the current char as a regular char
        if (this.state.escaping === true) {
          this.state.escaping = false;
        } else {
          // Escape is only active inside quoted fields
          // We are quoting, the char is an escape chr and there is a chr to escape
          // if(escape !== null && this.state.quoting === true && chr === escape && pos + 1 < bufLen){
          if (
            escape !== null &&
            this.state.quoting === true &&
            this.__isEscape(buf, pos, chr) &&
            pos + escape.length < bufLen
          ) {
            if (escapeIsQuote) {
              if (this.__isQuote(buf, pos + escape.length)) {
                this.state.escaping = true;
                pos += escape.length - 1;
                continue;
              }
            } else {
              this.state.escaping = true;
              pos += escape.length - 1;
              continue;
            }
          }
          // Not currently escaping and chr is a quote
          // TODO: need to compare bytes instead of single char
          if (this.state.commenting === false && this.__isQuote(buf, pos)) {
            if (this.state.quoting === true) {
              const nextChr = buf[pos + quote.length];
              const isNextChrTrimable =
                rtrim && this.__isCharTrimable(buf, pos + quote.length);
              const isNextChrComment =
                comment !== null &&
                this.__compareBytes(comment, buf, pos + quote.length, nextChr);
              const isNextChrDelimiter = this.__isDelimiter(
                buf,
                pos + quote.length,
                nextChr,
              );
              const isNextChrRecordDelimiter =
                record_delimiter.length === 0
                  ? this.__autoDiscoverRecordDelimiter(buf, pos + quote.length)
                  : this.__isRecordDelimiter(nextChr, buf, pos + quote.length);
              // Escape a quote
              // Treat next char as a regular character
              if (
                escape !== null &&
                this.__isEscape(buf, pos, chr) &&
                this.__isQuote(buf, pos + escape.length)
              ) {
                pos += escape.length - 1;
              } else if (
                !nextChr ||
                isNextChrDelimiter ||
                isNextChrRecordDelimiter ||
                isNextChrComment ||
                isNextChrTrimable
              ) {
                this.state.quoting = false;
                this.state.wasQuoting = true;
                pos += quote.length - 1;
                continue;
              } else if (relax_quotes === false) {
                const err = this.__error(
                  new CsvError(
                    "CSV_INVALID_CLOSING_QUOTE",
                    [
                      "Invalid Closing Quote:",
                      `got "${String.fromCharCode(nextChr)}"`,
                      `at line ${this.info.lines}`,
                      "instead of delimiter, record delimiter, trimable character",
                      "(if activated) or comment",
                    ],
                    this.options,
                    this.__infoField(),
                  ),
                );
                if (err !== undefined) return err;
              } else {
                this.state.quoting = false;
                this.state.wasQuoting = true;
                this.state.field.prepend(quote);
                pos += quote.length - 1;
              }
            } else {
              if (this.state.field.length !== 0) {
                // In relax_quotes mode, treat opening quote preceded by chrs as regular
                if (relax_quotes === false) {
                  const info = this.__infoField();
                  const bom = Object.keys(boms)
                    .map((b) =>
                      boms[b].equals(this.state.field.toString()) ? b : false,
                    )
                    .filter(Boolean)[0];
                  const err = this.__error(
                    new CsvError(
                      "INVALID_OPENING_QUOTE",
                      [
                        "Invalid Opening Quote:",
                        `a quote is found on field ${JSON.stringify(info.column)} at line ${info.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
                        bom ? `(${bom} bom)` : undefined,
                      ],
                      this.options,
                      info,
                      {
                        field: this.state.field,
                      },
                    ),
                  );
                  if (err !== undefined) return err;
                }
              } else {
                this.state.quoting = true;
                pos += quote.length - 1;
                continue;
              }
            }
          }
          if (this.state.quoting === false) {
            const recordDelimiterLength = this.__isRecordDelimiter(
              chr,
              buf,
              pos,
            );
            if (recordDelimiterLength !== 0) {
              // Do not emit comments which take a full line
              const skipCommentLine =
                this.state.commenting &&
                this.state.wasQuoting === false &&
                this.state.record.length === 0 &&
                this.state.field.length === 0;
              if (skipCommentLine) {
                this.info.comment_lines++;
                // Skip full comment line
              } else {
                // Activate records emission if above from_line
                if (
                  this.state.enabled === false &&
                  this.info.lines +
                    (this.state.wasRowDelimiter === true ? 1 : 0) >=
                    from_line
                ) {
                  this.state.enabled = true;
                  this.__resetField();
                  this.__resetRecord();
                  pos += recordDelimiterLength - 1;
                  continue;
                }
                // Skip if line is empty and skip_empty_lines activated
                if (
                  skip_empty_lines === true &&
                  this.state.wasQuoting === false &&
                  this.state.record.length === 0 &&
                  this.state.field.length === 0
                ) {
                  this.info.empty_lines++;
                  pos += recordDelimiterLength - 1;
                  continue;
                }
                this.info.bytes = this.state.bufBytesStart + pos;
                const errField = this.__onField();
                if (errField !== undefined) return errField;
                this.info.bytes =
                  this.state.bufBytesStart + pos + recordDelimiterLength;
                const errRecord = this.__onRecord(push);
                if (errRecord !== undefined) return errRecord;
                if (to !== -1 && this.info.records >= to) {
                  this.state.stop = true;
                  close();
                  return;
                }
              }
              this.state.commenting = false;
              pos += recordDelimiterLength - 1;
              continue;
            }
            if (this.state.commenting) {
              continue;
            }
            if (
              comment !== null &&
              (comment_no_infix === false ||
                (this.state.record.length === 0 &&
                  this.state.field.length === 0))
            ) {
              const commentCount = this.__compareBytes(comment, buf, pos, chr);
              if (commentCount !== 0) {
                this.state.commenting = true;
                continue;
              }
            }
            const delimiterLength = this.__isDelimiter(buf, pos, chr);
            if (delimiterLength !== 0) {
              this.info.bytes = this.state.bufBytesStart + pos;
              const errField = this.__onField();
              if (errField !== undefined) return errField;
              pos += delimiterLength - 1;
              continue;
            }
          }
        }
        if (this.state.commenting === false) {
          if (
            max_record_size !== 0 &&
            this.state.record_length + this.state.field.length > max_record_size
          ) {
            return this.__error(
              new CsvError(
                "CSV_MAX_RECORD_SIZE",
                [
                  "Max Record Size:",
                  "record exceed the maximum number of tolerated bytes",
                  `of ${max_record_size}`,
                  `at line ${this.info.lines}`,
                ],
                this.options,
                this.__infoField(),
              ),
            );
          }
        }
        const lappend =
          ltrim === false ||
          this.state.quoting === true ||
          this.state.field.length !== 0 ||
          !this.__isCharTrimable(buf, pos);
        // rtrim in non quoting is handle in __onField
        const rappend = rtrim === false || this.state.wasQuoting === false;
        if (lappend === true && rappend === true) {
          this.state.field.append(chr);
        } else if (rtrim === true && !this.__isCharTrimable(buf, pos)) {
          return this.__error(
            new CsvError(
              "CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE",
              [
                "Invalid Closing Quote:",
                "found non trimable byte after quote",
                `at line ${this.info.lines}`,
              ],
              this.options,
              this.__infoField(),
            ),
          );
        } else {
          if (lappend === false) {
            pos += this.__isCharTrimable(buf, pos) - 1;
          }
          continue;
        }
      }
      if (end === true) {
        // Ensure we are not ending in a quoting state
        if (this.state.quoting === true) {
          const err = this.__error(
            new CsvError(
              "CSV_QUOTE_NOT_CLOSED",
              [
                "Quote Not Closed:",
                `the parsing is finished with an opening quote at line ${this.info.lines}`,
              ],
              this.options,
              this.__infoField(),
            ),
          );
          if (err !== undefined) return err;
        } else {
          // Skip last line if it has no characters
          if (
            this.state.wasQuoting === true ||
            this.state.record.length !== 0 ||
            this.state.field.length !== 0
          ) {
            this.info.bytes = this.state.bufBytesStart + pos;
            const errField = this.__onField();
            if (errField !== undefined) return errField;
            const errRecord = this.__onRecord(push);
            if (errRecord !== undefined) return errRecord;
          } else if (this.state.wasRowDelimiter === true) {
            this.info.empty_lines++;
          } else if (this.state.commenting === true) {
            this.info.comment_lines++;
          }
        }
      } else {
        this.state.bufBytesStart += pos;
        this.state.previousBuf = buf.slice(pos);
      }
      if (this.state.wasRowDelimiter === true) {
        this.info.lines++;
        this.state.wasRowDelimiter = false;
      }
    },
    __onRecord: function (push) {
      const {
        columns,
        group_columns_by_name,
        encoding,
        info,
        from,
        relax_column_count,
        relax_column_count_less,
        relax_column_count_more,
        raw,
        skip_records_with_empty_values,
      } = this.options;
      const { enabled, record } = this.state;
      if (enabled === false) {
        return this.__resetRecord();
      }
      // Convert the first line into column names
      const recordLength = record.length;
      if (columns === true) {
        if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
          this.__resetRecord();
          return;
        }
        return this.__firstLineToColumns(record);
      }
      if (columns === false && this.info.records === 0) {
        this.state.expectedRecordLength = recordLength;
      }
      if (recordLength !== this.state.expectedRecordLength) {
        const err =
          columns === false
            ? new CsvError(
                "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH",
                [
                  "Invalid Record Length:",
                  `expect ${this.state.expectedRecordLength},`,
                  `got ${recordLength} on line ${this.info.lines}`,
                ],
                this.options,
                this.__infoField(),
                {
                  record: record,
                },
              )
            : new CsvError(
                "CSV_RECORD_INCONSISTENT_COLUMNS",
                [
                  "Invalid Record Length:",
                  `columns length is ${columns.length},`, // rename columns
                  `got ${recordLength} on line ${this.info.lines}`,
                ],
                this.options,
                this.__infoField(),
                {
                  record: record,
                },
              );
        if (
          relax_column_count === true ||
          (relax_column_count_less === true &&
            recordLength < this.state.expectedRecordLength) ||
          (relax_column_count_more === true &&
            recordLength > this.state.expectedRecordLength)
        ) {
          this.info.invalid_field_length++;
          this.state.error = err;
          // Error is undefined with skip_records_with_error
        } else {
          const finalErr = this.__error(err);
          if (finalErr) return finalErr;
        }
      }
      if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
        this.__resetRecord();
        return;
      }
      if (this.state.recordHasError === true) {
        this.__resetRecord();
        this.state.recordHasError = false;
        return;
      }
      this.info.records++;
      if (from === 1 || this.info.records >= from) {
        const { objname } = this.options;
        // With columns, records are object
        if (columns !== false) {
          const obj = {};
          // Transform record array to an object
          for (let i = 0, l = record.length; i < l; i++) {
            if (columns[i] === undefined || columns[i].disabled) continue;
            // Turn duplicate columns into an array
            if (
              group_columns_by_name === true &&
              Object.hasOwn(obj, columns[i].name)
            ) {
              if (Array.isArray(obj[columns[i].name])) {
                obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
              } else {
                obj[columns[i].name] = [obj[columns[i].name], record[i]];
              }
            } else {
              Object.defineProperty(obj, columns[i].name, {
                value: record[i],
                enumerable: true,
                writable: true,
                configurable: true,
              });
            }
          }
          // Without objname (default)
          if (raw === true || info === true) {
            const extRecord = Object.assign(
              { record: obj },
              raw === true
                ? { raw: this.state.rawBuffer.toString(encoding) }
                : {},
              info === true ? { info: this.__infoRecord() } : {},
            );
            const err = this.__push(
              objname === undefined ? extRecord : [obj[objname], extRecord],
              push,
            );
            if (err) {
              return err;
            }
          } else {
            const err = this.__push(
              objname === undefined ? obj : [obj[objname], obj],
              push,
            );
            if (err) {
              return err;
            }
          }
          // Without columns, records are array
        } else {
          if (raw === true || info === true) {
            const extRecord = Object.assign(
              { record: record },
              raw === true
                ? { raw: this.state.rawBuffer.toString(encoding) }
                : {},
              info === true ? { info: this.__infoRecord() } : {},
            );
            const err = this.__push(
              objname === undefined ? extRecord : [record[objname], extRecord],
              push,
            );
            if (err) {
              return err;
            }
          } else {
            const err = this.__push(
              objname === undefined ? record : [record[objname], record],
              push,
            );
            if (err) {
              return err;
            }
          }
        }
      }
      this.__resetRecord();
    },
    __firstLineToColumns: function (record) {
      const { firstLineToHeaders } = this.state;
      try {
        const headers =
          firstLineToHeaders === undefined
            ? record
            : firstLineToHeaders.call(null, record);
        if (!Array.isArray(headers)) {
          return this.__error(
            new CsvError(
              "CSV_INVALID_COLUMN_MAPPING",
              [
                "Invalid Column Mapping:",
                "expect an array from column function,",
                `got ${JSON.stringify(headers)}`,
              ],
              this.options,
              this.__infoField(),
              {
                headers: headers,
              },
            ),
          );
        }
        const normalizedHeaders = normalize_columns_array(headers);
        this.state.expectedRecordLength = normalizedHeaders.length;
        this.options.columns = normalizedHeaders;
        this.__resetRecord();
        return;
      } catch (err) {
        return err;
      }
    },
    __resetRecord: function () {
      if (this.options.raw === true) {
        this.state.rawBuffer.reset();
      }
      this.state.error = undefined;
      this.state.record = [];
      this.state.record_length = 0;
    },
    __onField: function () {
      const { cast, encoding, rtrim, max_record_size } = this.options;
      const { enabled, wasQuoting } = this.state;
      // Short circuit for the from_line options
      if (enabled === false) {
        return this.__resetField();
      }
      let field = this.state.field.toString(encoding);
      if (rtrim === true && wasQuoting === false) {
        field = field.trimRight();
      }
      if (cast === true) {
        const [err, f] = this.__cast(field);
        if (err !== undefined) return err;
        field = f;
      }
      this.state.record.push(field);
      // Increment record length if record size must not exceed a limit
      if (max_record_size !== 0 && typeof field === "string") {
        this.state.record_length += field.length;
      }
      this.__resetField();
    },
    __resetField: function () {
      this.state.field.reset();
      this.state.wasQuoting = false;
    },
    __push: function (record, push) {
      const { on_record } = this.options;
      if (on_record !== undefined) {
        const info = this.__infoRecord();
        try {
          record = on_record.call(null, record, info);
        } catch (err) {
          return err;
        }
        if (record === undefined || record === null) {
          return;
        }
      }
      this.info.bytes_records += this.info.bytes;
      push(record);
    },
    // Return a tuple with the error and the casted value
    __cast: function (field) {
      const { columns, relax_column_count } = this.options;
      const isColumns = Array.isArray(columns);
      // Dont loose time calling cast
      // because the final record is an object
      // and this field can't be associated to a key present in columns
      if (
        isColumns === true &&
        relax_column_count &&
        this.options.columns.length <= this.state.record.length
      ) {
        return [undefined, undefined];
      }
      if (this.state.castField !== null) {
        try {
          const info = this.__infoField();
          return [undefined, this.state.castField.call(null, field, info)];
        } catch (err) {
          return [err];
        }
      }
      if (this.__isFloat(field)) {
        return [undefined, parseFloat(field)];
      } else if (this.options.cast_date !== false) {
        const info = this.__infoField();
        return [undefined, this.options.cast_date.call(null, field, info)];
      }
      return [undefined, field];
    },
    __compareBytes: function (sourceBuf, targetBuf, targetPos, firstByte) {
      if (sourceBuf[0] !== firstByte) return 0;
      const sourceLength = sourceBuf.length;
      for (let i = 1; i < sourceLength; i++) {
        if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
      }
      return sourceLength;
    },
    // Helper to test if a character is trimable
    __isCharTrimable: function (buf, pos) {
      const { timchars, timcharFirstBytes } = this.state;
      // Fast bail-out: non-whitespace bytes (the common case) are rejected
      // without scanning the full timchar list.
      const first = buf[pos];
      if (first === undefined || timcharFirstBytes[first] === 0) return 0;
      loop1: for (let i = 0; i < timchars.length; i++) {
        const timchar = timchars[i];
        for (let j = 0; j < timchar.length; j++) {
          if (timchar[j] !== buf[pos + j]) continue loop1;
        }
        return timchar.length;
      }
      return 0;
    },
    __isDelimiter: function (buf, pos, chr) {
      const { delimiter, ignore_last_delimiters } = this.options;
      if (
        ignore_last_delimiters === true &&
        this.state.record.length === this.options.columns.length - 1
      ) {
        return 0;
      } else if (
        ignore_last_delimiters !== false &&
        typeof ignore_last_delimiters === "number" &&
        this.state.record.length === ignore_last_delimiters - 1
      ) {
        return 0;
      }
      loop1: for (let i = 0; i < delimiter.length; i++) {
        const del = delimiter[i];
        if (del[0] === chr) {
          for (let j = 1; j < del.length; j++) {
            if (del[j] !== buf[pos + j]) continue loop1;
          }
          return del.length;
        }
      }
      return 0;
    },
    __isEscape: function (buf, pos, chr) {
      const { escape } = this.options;
      if (escape === null) return false;
      const l = escape.length;
      if (escape[0] === chr) {
        for (let i = 0; i < l; i++) {
          if (escape[i] !== buf[pos + i]) {
            return false;
          }
        }
        return true;
      }
      return false;
    },
    __isFloat: function (value) {
      return value - parseFloat(value) + 1 >= 0; // Borrowed from jquery
    },
    // Keep it in case we implement the `cast_int` option
    // __isInt(value){
    //   // return Number.isInteger(parseInt(value))
    //   // return !isNaN( parseInt( obj ) );
    //   return /^(\-|\+)?[1-9][0-9]*$/.test(value)
    // }
    __isQuote: function (buf, pos) {
      const { quote } = this.options;
      if (quote === null) return false;
      const l = quote.length;
      for (let i = 0; i < l; i++) {
        if (quote[i] !== buf[pos + i]) {
          return false;
        }
      }
      return true;
    },
    __isRecordDelimiter: function (chr, buf, pos) {
      const { record_delimiter } = this.options;
      const recordDelimiterLength = record_delimiter.length;
      loop1: for (let i = 0; i < recordDelimiterLength; i++) {
        const rd = record_delimiter[i];
        const rdLength = rd.length;
        if (rd[0] !== chr) {
          continue;
        }
        for (let j = 1; j < rdLength; j++) {
          if (rd[j] !== buf[pos + j]) {
            continue loop1;
          }
        }
        return rd.length;
      }
      return 0;
    },
    __autoDiscoverRecordDelimiter: function (buf, pos) {
      const { encoding } = this.options;
      // Note, we don't need to cache this information in state,
      // It is only called on the first line until we find out a suitable
      // record delimiter.
      const rds = [
        // Important, the windows line ending must be before mac os 9
        Buffer.from("\r\n", encoding),
        Buffer.from("\n", encoding),
        Buffer.from("\r", encoding),
      ];
      loop: for (let i = 0; i < rds.length; i++) {
        const l = rds[i].length;
        for (let j = 0; j < l; j++) {
          if (rds[i][j] !== buf[pos + j]) {
            continue loop;
          }
        }
        this.options.record_delimiter.push(rds[i]);
        this.state.recordDelimiterMaxLength = rds[i].length;
        return rds[i].length;
      }
      return 0;
    },
    __error: function (msg) {
      const { encoding, raw, skip_records_with_error } = this.options;
      const err = typeof msg === "string" ? new Error(msg) : msg;
      if (skip_records_with_error) {
        this.state.recordHasError = true;
        if (this.options.on_skip !== undefined) {
          try {
            this.options.on_skip(
              err,
              raw ? this.state.rawBuffer.toString(encoding) : undefined,
            );
          } catch (err) {
            return err;
          }
        }
        // this.emit('skip', err, raw ? this.state.rawBuffer.toString(encoding) : undefined);
        return undefined;
      } else {
        return err;
      }
    },
    __infoDataSet: function () {
      return {
        ...this.info,
        columns: this.options.columns,
      };
    },
    __infoRecord: function () {
      const { columns, raw, encoding } = this.options;
      return {
        ...this.__infoDataSet(),
        bytes_records: this.info.bytes,
        error: this.state.error,
        header: columns === true,
        index: this.state.record.length,
        raw: raw ? this.state.rawBuffer.toString(encoding) : undefined,
      };
    },
    __infoField: function () {
      const { columns } = this.options;
      const isColumns = Array.isArray(columns);
      // Bytes records are only incremented when all records'fields are parsed
      const bytes_records = this.info.bytes_records;
      return {
        ...this.__infoRecord(),
        bytes_records: bytes_records,
        column:
          isColumns === true
            ? columns.length > this.state.record.length
              ? columns[this.state.record.length].name
              : null
            : this.state.record.length,
        quoting: this.state.wasQuoting,
      };
    },
  };
};



;// CONCATENATED MODULE: ./node_modules/csv-parse/lib/sync.js



const parse = function (data, opts = {}) {
  if (typeof data === "string") {
    data = Buffer.from(data);
  }
  const records = opts && opts.objname ? Object.create(null) : [];
  const parser = transform(opts);
  const push = (record) => {
    if (parser.options.objname === undefined) records.push(record);
    else {
      records[record[0]] = record[1];
    }
  };
  const close = () => {};
  const error = parser.parse(data, true, push, close);
  if (error !== undefined) throw error;
  return records;
};




/***/ }),

/***/ 3292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  parse: () => (/* reexport */ parse)
});

// UNUSED EXPORTS: TomlDate, TomlError, default, stringify

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/error.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
function getLineColFromPtr(string, ptr) {
    let lines = string.slice(0, ptr).split(/\r?\n/);
    return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
    let lines = string.split(/\r?\n/);
    let codeblock = '';
    let numberLen = (Math.log10(line + 1) | 0) + 1;
    for (let i = line - 1; i <= line + 1; i++) {
        let l = lines[i - 1];
        if (!l)
            continue;
        codeblock += i.toString().padEnd(numberLen, ' ');
        codeblock += ':  ';
        codeblock += l;
        codeblock += '\n';
        if (i === line) {
            codeblock += ' '.repeat(numberLen + column + 2);
            codeblock += '^\n';
        }
    }
    return codeblock;
}
class TomlError extends Error {
    line;
    column;
    codeblock;
    constructor(message, options) {
        const [line, column] = getLineColFromPtr(options.toml, options.ptr);
        const codeblock = makeCodeBlock(options.toml, line, column);
        super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
        this.line = line;
        this.column = column;
        this.codeblock = codeblock;
    }
    /** @internal */
    static x(message, ctx, ptr) {
        throw new TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/primitive.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */

/** @internal */
function parseString(ctx) {
    let startPtr = ctx.p;
    let c = ctx.s.charCodeAt(ctx.p++);
    let first = c;
    let isLiteral = c === 0x27; /* ' */
    let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
    if (isMultiline) {
        // Trim initial newline
        if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 0xa /* \n */)
            ctx.p++;
        else if (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */)
            ctx.p += 2;
    }
    // For the record: it is not worth it to use a fast-path for literal strings using `indexOf`.
    // Doing a char-by-char iteration ends up dispatching less instructions, for the same wall-clock runtime.
    let parsed = '';
    let sliceStart = ctx.p;
    // states:
    //   0 - decoding
    //   1 - decoding escape
    //   2 - whitespace escape (no newline encountered yet, must fail on non-whitespace)
    //   3 - whitespace escape (newline encountered, allowed to transition back to normal decode)
    let state = 0;
    for (; ctx.p < ctx.s.length; ctx.p++) {
        c = ctx.s.charCodeAt(ctx.p);
        // Deal with newlines first, since that simplifies control character checking and handling across all states
        if (isMultiline && (c === 0xa /* \n */ || (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */))) {
            state = state && 3;
        }
        // Control characters are banned in TOML, so we throw an error if we encounter them
        else if ((c < 0x20 && c !== 0x9 /* \t */) || c === 0x7f) {
            TomlError.x('control characters are not allowed in strings', ctx);
        }
        // The string might terminate while we're parsing through a newline escape.
        // It must have encountered a newline; otherwise, it'll simply fail in another branch.
        else if ((!state || state === 3) && c === first && (!isMultiline || (ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first))) {
            if (isMultiline) {
                // If the string ends with 4-5 quotes, then the first 1-2 are part of the string
                if (ctx.s.charCodeAt(ctx.p + 3) === first)
                    ctx.p++;
                if (ctx.s.charCodeAt(ctx.p + 3) === first)
                    ctx.p++;
            }
            // If we're in a newline escape still, then there's nothing to add.
            if (!state) {
                // Avoid a useless concat operation if the string can be used as-is.
                let s = ctx.s.slice(sliceStart, ctx.p);
                parsed = parsed ? parsed + s : s;
            }
            ctx.p += isMultiline ? 3 : 1;
            return parsed;
        }
        // Baseline state; keep moving forward unless an escape sequence starts
        else if (!state) {
            if (!isLiteral && c === 0x5c /* \ */) {
                parsed += ctx.s.slice(sliceStart, (sliceStart = ctx.p));
                state = 1;
            }
        }
        else if (state === 1) {
            if (c === 0x78 /* x */ || c === 0x75 /* u */ || c === 0x55 /* U */) { // Unicode escape
                let errPtr = ctx.p++ - 1;
                let value = 0;
                let len = c === 0x78 /* x */ ? 2 : c === 0x75 /* u */ ? 4 : 8;
                for (let j = 0; j < len; j++, ctx.p++) {
                    let hex = ctx.s.charCodeAt(ctx.p);
                    let digit = 
                    /* 0-9 */ hex >= 0x30 && hex <= 0x39 ? hex - 0x30 :
                        /* A-F */ hex >= 0x41 && hex <= 0x46 ? hex - 0x41 + 10 :
                            /* a-f */ hex >= 0x61 && hex <= 0x66 ? hex - 0x61 + 10 : -1;
                    if (digit < 0)
                        TomlError.x('invalid non-hex character in unicode escape', ctx);
                    value = (value << 4) | digit;
                }
                // Because JS does bitwise on signed 32bit integers, all 0xfzzzzzzz values are actually seen as negative
                if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
                    TomlError.x('invalid unicode escape', ctx, errPtr);
                }
                parsed += String.fromCodePoint(value);
                sliceStart = ctx.p--;
                state = 0;
            }
            // Newline escape sequence. We only need to care about spaces and tabs; newlines are dealt with earlier
            else if (isMultiline && (c === 0x20 || c === 0x9 /* \t */)) {
                state = 2;
            }
            // Basic escape sequence
            else {
                if (c === 0x62 /* b */)
                    parsed += '\b';
                else if (c === 0x74 /* t */)
                    parsed += '\t';
                else if (c === 0x6e /* n */)
                    parsed += '\n';
                else if (c === 0x66 /* f */)
                    parsed += '\f';
                else if (c === 0x72 /* r */)
                    parsed += '\r';
                else if (c === 0x65 /* e */)
                    parsed += '\x1b';
                else if (c === 0x22 /* " */)
                    parsed += '"';
                else if (c === 0x5c /* \ */)
                    parsed += '\\';
                else
                    TomlError.x('unrecognised escape sequence', ctx);
                sliceStart = ctx.p + 1;
                state = 0;
            }
        }
        // Newline escape continuation: keep moving forward until the first non-whitespace char
        else if (c !== 0x20 && c !== 0x9 /* \t */) {
            if (state === 2)
                TomlError.x('invalid escape: only line-ending whitespace may be escaped', ctx, sliceStart);
            // State cannot be zero, or we'd have branched earlier already.
            // If it's a backslash, immediately transition to the escape state so it can be processed.
            state = !isLiteral && c === 0x5c /* \ */ ? 1 : 0;
            sliceStart = ctx.p;
        }
    }
    TomlError.x('unfinished string', ctx, startPtr);
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/date.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
class TomlDate extends Date {
    #hasDate = false;
    #hasTime = false;
    #offset = null;
    constructor(date, fasttype, unsafeDelim) {
        let hasDate = true;
        let hasTime = true;
        let offset = 'Z';
        let c;
        if (typeof date === 'string') {
            if (fasttype)
                prep: {
                    // Date-time
                    if (fasttype < 3) {
                        if (+date.slice(11, 13) > 23) {
                            date = '';
                            break prep;
                        }
                        // Local
                        if (fasttype === 2) {
                            offset = null;
                            date += 'Z';
                        }
                        // Offset; keep track of offset if not Z
                        else if ((c = date.charCodeAt(date.length - 1)) !== 0x5a /* Z */ && c !== 0x7a /* z */) {
                            offset = date.slice(date.length - 6);
                        }
                        if (unsafeDelim)
                            date = date.slice(0, 10) + 'T' + date.slice(11);
                    }
                    // Time
                    else if (fasttype === 4) {
                        date = +date.slice(0, 2) > 23 ? '' : `0000-01-01T${date}Z`;
                    }
                    hasDate = fasttype !== 4;
                    hasTime = fasttype !== 3;
                }
            else {
                let match = date.match(DATE_TIME_RE);
                if (match) {
                    if (!match[1]) {
                        hasDate = false;
                        date = `0000-01-01T${date}`;
                    }
                    hasTime = !!match[2];
                    // Make sure to use T instead of a space. Breaks in case of extreme values otherwise.
                    hasTime && date[10] === ' ' && (date = date.replace(' ', 'T'));
                    // Do not allow rollover hours.
                    if (match[2] && +match[2] > 23) {
                        date = '';
                    }
                    else {
                        offset = match[3] || null;
                        if (!offset && hasTime)
                            date += 'Z';
                    }
                }
                else {
                    date = '';
                }
            }
        }
        super(date);
        if (!isNaN(this.getTime())) {
            this.#hasDate = hasDate;
            this.#hasTime = hasTime;
            this.#offset = offset;
        }
    }
    isDateTime() {
        return this.#hasDate && this.#hasTime;
    }
    isLocal() {
        return !this.#hasDate || !this.#hasTime || !this.#offset;
    }
    isDate() {
        return this.#hasDate && !this.#hasTime;
    }
    isTime() {
        return this.#hasTime && !this.#hasDate;
    }
    isValid() {
        return this.#hasDate || this.#hasTime;
    }
    toISOString() {
        let iso = super.toISOString();
        // Local Date
        if (this.isDate())
            return iso.slice(0, 10);
        // Local Time
        if (this.isTime())
            return iso.slice(11, 23);
        // Local DateTime
        if (this.#offset === null)
            return iso.slice(0, -1);
        // Offset DateTime
        if (this.#offset === 'Z' || this.#offset === 'z')
            return iso;
        // This part is quite annoying: JS strips the original timezone from the ISO string representation
        // Instead of using a "modified" date and "Z", we restore the representation "as authored"
        let offset = (+(this.#offset.slice(1, 3)) * 60) + +(this.#offset.slice(4, 6));
        offset = this.#offset[0] === '-' ? offset : -offset;
        let offsetDate = new Date(this.getTime() - (offset * 60e3));
        return offsetDate.toISOString().slice(0, -1) + this.#offset;
    }
    static wrapAsOffsetDateTime(jsDate, offset = 'Z') {
        let date = new TomlDate(jsDate);
        date.#offset = offset;
        return date;
    }
    static wrapAsLocalDateTime(jsDate) {
        let date = new TomlDate(jsDate);
        date.#offset = null;
        return date;
    }
    static wrapAsLocalDate(jsDate) {
        let date = new TomlDate(jsDate);
        date.#hasTime = false;
        date.#offset = null;
        return date;
    }
    static wrapAsLocalTime(jsDate) {
        let date = new TomlDate(jsDate);
        date.#hasDate = false;
        date.#offset = null;
        return date;
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/extract.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




function isDigit(char, base = 10) {
    return base === 16
        ? (char > 0x2f && char < 0x3a) || (char > 0x40 && char < 0x47) || (char > 0x60 && char < 0x67)
        : (char > 0x2f && char < 0x30 + base);
}
function isEndOfValue(char, delim) {
    // Whitespace -- we're permissive on `\r` for performance; it'll be dealt with later anyway
    return char === 0x20 || char === 0x9 /* \t */ || char === 0xa /* \n */ || char === 0xd /* \r */ ||
        // Structure end or next value delimiter
        (delim && (char === delim || char === 0x2c /* , */)) ||
        // Comment
        char === 0x23; /* # */
}
/** @internal */
function extractValue(ctx, end) {
    let errPtr = ctx.p;
    let c = ctx.s.charCodeAt(ctx.p);
    // Structs
    if (c === 0x5b /* [ */ || c === 0x7b /* { */) {
        ctx.d-- || TomlError.x('document contains excessively nested structures. aborting.', ctx);
        let value = c === 0x5b /* [ */
            ? parseArray(ctx)
            : parseInlineTable(ctx);
        ctx.d++;
        return value;
    }
    // Strings
    if (c === 0x22 /* " */ || c === 0x27 /* ' */) {
        return parseString(ctx);
    }
    // Booleans
    // We can fast-path because the first character is enough to know the only possible value
    if (c === 0x74 /* t */) { // Only possible valid value is `true`
        if (ctx.s.charCodeAt(++ctx.p) !== 0x72 || ctx.s.charCodeAt(++ctx.p) !== 0x75 || ctx.s.charCodeAt(++ctx.p) !== 0x65)
            TomlError.x('invalid value', ctx, errPtr);
        return ctx.p++, true;
    }
    if (c === 0x66 /* f */) { // Only possible valid value is `false`
        if (ctx.s.charCodeAt(++ctx.p) !== 0x61 || ctx.s.charCodeAt(++ctx.p) !== 0x6c || ctx.s.charCodeAt(++ctx.p) !== 0x73 || ctx.s.charCodeAt(++ctx.p) !== 0x65)
            TomlError.x('invalid value', ctx, errPtr);
        return ctx.p++, false;
    }
    if (c === 0x2b /* + */ || c === 0x2d /* - */) {
        return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 0x2c - c, end);
    }
    // Rough heuristic, but `parseDate` falls back to number parsing if it's a false positive.
    // e.g.: `a = 1\n-------------- = 1` would match this heuristic, but gracefully fallback to numbers.
    if (ctx.s.charCodeAt(ctx.p + 4) === 0x2d /* - */ && ctx.s.charCodeAt(ctx.p + 7) === 0x2d /* - */) {
        return parseDate(ctx, c, end);
    }
    // Same logic as above; `parseTime` falls back to number parsing if it's a false positive.
    if (ctx.s.charCodeAt(ctx.p + 2) === 0x3a /* : */) {
        return parseTime(ctx, c, end);
    }
    return parseNumber(ctx, ctx.p, c, 0, end);
}
// State:
// 0: init
// 1: integer
// 2: fractional dot
// 3: fractional
// 4: exponent letter
// 5: exponent
// 6: exponent sign
// 7: exponent with sign
// >9: underscore; see below
//     -> 12: was integer
//     -> 14: was fractional
//     -> 16: was exponent
// states 2-5, 14, 16 are ONLY permitted iif base === 10
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
    let c = startChr;
    let state = 0;
    let hasUnderscores = false;
    // (+/-)inf
    if (c === 0x69 /* i */) {
        if (ctx.s.charCodeAt(++ctx.p) !== 0x6e || ctx.s.charCodeAt(++ctx.p) !== 0x66)
            TomlError.x('invalid value', ctx, startPtr);
        return ctx.p++, (sign || 1) / 0;
    }
    // (+/-)nan
    if (c === 0x6e /* n */) {
        if (ctx.s.charCodeAt(++ctx.p) !== 0x61 || ctx.s.charCodeAt(++ctx.p) !== 0x6e)
            TomlError.x('invalid value', ctx, startPtr);
        return ctx.p++, NaN;
    }
    // Leading zero
    // Only allowed cases: `0<EOV>`, `0.(...)`, `0e(...)`, `0x(...)`, `0b(...)`, `0o(...)`
    // FWIW, `0e(...)` is a stupid case, but it's not banned per-se so we have to parse it
    if (c === 0x30 /* 0 */) {
        if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
            return ctx.bi === true ? 0n : 0; // note: conveniently deals with `-0`
        if (!sign) {
            if (c === 0x78 /* x */)
                return parseIntegerBaseN(ctx, startPtr, 16, endChr);
            else if (c === 0x62 /* b */)
                return parseIntegerBaseN(ctx, startPtr, 2, endChr);
            else if (c === 0x6f /* o */)
                return parseIntegerBaseN(ctx, startPtr, 8, endChr);
        }
        if (c === 0x2e /* . */)
            state = 2;
        else if (c === 0x65 /* e */ || c === 0x45 /* E */)
            state = 4;
        else
            TomlError.x('illegal leading zero', ctx, startPtr);
    }
    // If the 1st char is not a digit by now, then it's not a valid TOML value at all
    else if (!isDigit(c))
        TomlError.x('invalid value', ctx, startPtr);
    while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
        if (!state)
            state = 1; // Detects single-digit numbers we can use a fast parse path for
        // The way the states are numbered is not random: underscores are always permitted in odd-numbered states and
        // never permitted in even-numbered ones.
        if (c === 0x5f /* _ */) {
            if (!(state & 1))
                TomlError.x('illegal underscore', ctx);
            state += 11; // 11 is a marker that makes the state even and greater than 9; see the numbering + rationale above
            hasUnderscores = true;
        }
        // Transition to fractional part.
        else if (state === 1 && c === 0x2e /* . */)
            state = 2;
        // Transition to exponent part.
        else if ((state === 1 || state === 3) && (c === 0x65 /* e */ || c === 0x45 /* E */))
            state = 4;
        // + and - are permitted in state 4 only (handled before entering the function for state 0)
        else if (state === 4 && (c === 0x2b /* + */ || c === 0x2d /* - */)) {
            state = 6;
        }
        // All special cases have been handled; only digits are allowed here
        else if (!isDigit(c))
            TomlError.x(`illegal character in numeric literal`, ctx);
        // Clear state flags
        else if (state > 9)
            state -= 11;
        else if (!(state & 1))
            state++;
    }
    // Single-char number; we can fast-path these very easily.
    if (!state) {
        let val = (startChr - 0x30 /* 0 */) * (sign || 1);
        return ctx.bi === true ? BigInt(val) : val;
    }
    // Even-numbered states absolutely require a digit next; not even end of value is permitted
    if (!(state & 1))
        TomlError.x('unfinished numeric value', ctx, startPtr);
    let str = ctx.s.slice(startPtr, ctx.p);
    if (hasUnderscores)
        str = str.replaceAll('_', ''); // perf: replaceAll 1.25x faster than replace with a regex
    return state > 1
        ? parseFloat(str)
        : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
    let c, underscore = 1;
    while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
        if (c === 0x5f /* _ */) {
            if (underscore & 1)
                TomlError.x('illegal underscore', ctx);
            underscore = 3;
        }
        // We only need to check if the number is a valid digit, nothing else is permitted
        else if (!isDigit(c, base))
            TomlError.x(`illegal character in numeric literal`, ctx);
        // Clear underscore flag
        else if (underscore & 1)
            underscore--;
    }
    // Trailing underscore is not allowed
    if (underscore & 1)
        TomlError.x('unfinished numeric value', ctx);
    let str = ctx.s.slice(startPtr + 2, ctx.p);
    if (underscore)
        str = str.replaceAll('_', ''); // perf: replaceAll 1.25x faster than replace with a regex
    return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
    if (ctx.bi !== true)
        int: {
            let val = parseInt(str, base);
            if (!Number.isSafeInteger(val)) {
                if (ctx.bi)
                    break int;
                TomlError.x('integer value cannot be represented losslessly', ctx, startPtr);
            }
            return val;
        }
    return base === 10 ? BigInt(str) : BigInt((base === 2 ? '0b' : base === 8 ? '0o' : '0x') + str);
}
function parseDate(ctx, c, endChr) {
    let startPtr = ctx.p++, unsafeSeparator;
    if (!isDigit(c) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++)) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++)) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++))) {
        return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
    }
    ctx.p += 5;
    if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
        TomlError.x('invalid date-time: date part is malformed', ctx, startPtr);
    if (ctx.p >= ctx.s.length || (((c = ctx.s.charCodeAt(ctx.p)) !== 0x20 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 0x54 /* T */ && c !== 0x74 /* t */)) {
        let t = ctx.s.slice(startPtr, ctx.p);
        return readDate(ctx, t, 3, false, startPtr);
    }
    if (ctx.s.charCodeAt(ctx.p += 3) !== 0x3a /* : */)
        TomlError.x('invalid date-time: time part is malformed', ctx, startPtr);
    if (ctx.s.charCodeAt(ctx.p += 3) === 0x3a /* : */)
        ctx.p += 3;
    if (ctx.s.charCodeAt(ctx.p) === 0x2e /* . */)
        while (isDigit(ctx.s.charCodeAt(++ctx.p)))
            ;
    if (c = ctx.s.charCodeAt(ctx.p)) {
        if (c === 0x5a /* Z */ || c === 0x7a /* z */) {
            let t = ctx.s.slice(startPtr, ++ctx.p);
            return readDate(ctx, t, 1, unsafeSeparator, startPtr, '[+00:00]');
        }
        if (c === 0x2b /* + */ || c === 0x2d /* - */) {
            // Temporal's ZonedDateTime is weird asf when it comes to dealing with traditional offsets...
            // It's 1.2x faster to allocate a new string to pass to ZDT than use Instant.toZonedDateTimeISO
            let t = ctx.s.slice(startPtr, ctx.p += 6);
            return readDate(ctx, t, 1, unsafeSeparator, startPtr, !ctx.ld && ('[' + ctx.s.slice(ctx.p - 6, ctx.p) + ']'));
        }
    }
    let t = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
    let start = ctx.p;
    if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
        return parseNumber(ctx, --ctx.p, c, 0, endChr);
    }
    if (ctx.s.charCodeAt(ctx.p += 4) === 0x3a /* : */)
        ctx.p += 3;
    if (ctx.s.charCodeAt(ctx.p) === 0x2e /* . */)
        while (isDigit(ctx.s.charCodeAt(++ctx.p)))
            ;
    let t = ctx.s.slice(start, ctx.p);
    return readDate(ctx, t, 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
    if (ctx.ld) {
        let date = new TomlDate(str, type, unsafeDelim);
        if (!date.isValid())
            TomlError.x('invalid date', ctx, errPtr);
        return date;
    }
    try {
        if (temporalSuffix)
            str += temporalSuffix;
        switch (type) {
            case 1: return Temporal.ZonedDateTime.from(str);
            case 2: return Temporal.PlainDateTime.from(str);
            case 3: return Temporal.PlainDate.from(str);
            case 4: return Temporal.PlainTime.from(str);
        }
    }
    catch (e) {
        TomlError.x(e instanceof Error ? e.message : '' + e, ctx, errPtr);
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/util.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */

/** @internal */
function skipComment(ctx) {
    for (; ctx.p < ctx.s.length; ctx.p++) {
        let c = ctx.s.charCodeAt(ctx.p);
        if (c === 0xa /* \n */)
            break;
        if (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */) {
            ctx.p++;
            break;
        }
        if ((c < 0x20 && c !== 0x9 /* \t */) || c === 0x7f) {
            TomlError.x('control characters are not allowed in comments', ctx);
        }
    }
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
    let c;
    while (ctx.p < ctx.s.length) {
        while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 0x20 ||
            c === 0x9 /* \t */ ||
            (!banNewLines &&
                (c === 0xa /* \n */ || (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */)))))
            ctx.p++;
        if (banComments || c !== 0x23 /* # */)
            break;
        skipComment(ctx);
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/struct.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




/** @internal */
function parseKey(ctx, end = 0x3d /* = */) {
    // States:
    // 0: before first char
    // 1: parsing bare key
    // 2: after key component
    let startPtr;
    let state = 0;
    let parsed = [];
    let sliceStart;
    let c = ctx.s.charCodeAt(startPtr = ctx.p);
    do {
        // End of key
        if (c === end) {
            if (!state)
                TomlError.x('unexpected end of key', ctx);
            if (state === 1)
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
            return ctx.p++, parsed;
        }
        // Dotted key separator
        else if (c === 0x2e /* . */) {
            if (!state)
                TomlError.x('illegal empty bare key', ctx);
            if (state === 1)
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
            state = 0;
        }
        // Quoted key
        else if (!state && (c === 0x22 /* " */ || c === 0x27 /* ' */)) {
            if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
                TomlError.x('illegal quoted key: multiline strings are not allowed', ctx);
            parsed.push(parseString(ctx));
            state = 2;
            ctx.p--;
        }
        // Whitespace; no-op in state 0 and 2, end of bare key in state 1
        else if (c === 0x20 || c === 0x9 /* \t */) {
            if (state === 1) {
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
                state = 2;
            }
        }
        // If state is post-key, no character is allowed; otherwise ensure it's a bare-key component
        else if (state === 2 || (c < 0x30 && c !== 0x2d /* - */) || (c > 0x39 && c < 0x41) || (c > 0x5a && c < 0x61 && c !== 0x5f /* _ */) || c > 0x7a) {
            TomlError.x('illegal character in key', ctx);
        }
        // Illegal character
        else if (!state) {
            state = 1;
            sliceStart = ctx.p;
        }
    } while (c = ctx.s.charCodeAt(++ctx.p));
    TomlError.x('incomplete key-value: cannot find end of key', ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
    let startPtr = ctx.p++;
    let res = Object.create(null);
    let seen = new Set();
    let c;
    while (ctx.p < ctx.s.length) {
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p)) === 0x7d /* } */) {
            ctx.p++;
            return res;
        }
        let k;
        let t = res;
        let hasOwn = false;
        let errPtr = ctx.p;
        let key = parseKey(ctx);
        for (let i = 0; i < key.length; i++) {
            if (i)
                t = hasOwn ? t[k] : (t[k] = Object.create(null));
            k = key[i];
            if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== 'object' || seen.has(t[k]))) {
                TomlError.x('trying to redefine an already defined value', ctx, errPtr);
            }
            let unsafe = k === '__proto__';
            if (ctx.uk && (unsafe || k === 'constructor')) {
                t = ctx.uk !== 1 && TomlError.x('document contains an unsafe property', ctx, errPtr);
                break;
            }
            if (!hasOwn && unsafe) {
                Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
            }
        }
        if (hasOwn) {
            TomlError.x('trying to redefine an already defined value', ctx, errPtr);
        }
        skipVoid(ctx, true, true);
        let value = extractValue(ctx, 0x7d /* } */);
        if (t && typeof (t[k] = value) === 'object')
            seen.add(value);
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p++)) === 0x7d /* } */) {
            return res;
        }
        if (c !== 0x2c /* , */)
            TomlError.x('expected comma or end of structure', ctx, ctx.p - 1);
    }
    TomlError.x('unfinished table', ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
    let startPtr = ctx.p++;
    let res = [];
    let c;
    while (ctx.p < ctx.s.length) {
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p)) === 0x5d /* ] */) {
            ctx.p++;
            return res;
        }
        res.push(extractValue(ctx, 0x5d /* ] */));
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p++)) === 0x5d /* ] */) {
            return res;
        }
        if (c !== 0x2c /* , */)
            TomlError.x('expected comma or end of structure', ctx, ctx.p - 1);
    }
    TomlError.x('unfinished array', ctx, startPtr);
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/parse.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




function peekTable(ctx, key, table, meta, type) {
    let t = table;
    let m = meta;
    let k;
    let hasOwn = false;
    let state;
    for (let i = 0; i < key.length; i++) {
        if (i) {
            t = hasOwn ? t[k] : (t[k] = Object.create(null));
            m = (state = m[k]).c;
            if (type === 0 /* Type.DOTTED */ && (state.t === 1 /* Type.EXPLICIT */ || state.t === 2 /* Type.ARRAY */)) {
                return null;
            }
            if (state.t === 2 /* Type.ARRAY */) {
                let l = t.length - 1;
                t = t[l];
                m = m[l].c;
            }
        }
        k = key[i];
        if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 /* Type.DOTTED */ && m[k]?.d) {
            return null;
        }
        if (!hasOwn) {
            let unsafe = k === '__proto__';
            if (ctx.uk && (unsafe || k === 'constructor'))
                return false;
            if (unsafe) {
                Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
                Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
            }
            m[k] = {
                t: i < key.length - 1 && type === 2 /* Type.ARRAY */
                    ? 3 /* Type.ARRAY_DOTTED */ : type,
                d: false,
                i: 0,
                c: Object.create(null),
            };
        }
    }
    state = m[k];
    if (state.t !== type && !(type === 1 /* Type.EXPLICIT */ && state.t === 3 /* Type.ARRAY_DOTTED */)) {
        // Bad key type!
        return null;
    }
    if (type === 2 /* Type.ARRAY */) {
        if (!state.d) {
            state.d = true;
            t[k] = [];
        }
        t[k].push(t = Object.create(null));
        state.c[state.i++] = (state = { t: 1 /* Type.EXPLICIT */, d: false, i: 0, c: Object.create(null) });
    }
    if (state.d) {
        // Redefining a table!
        return null;
    }
    state.d = true;
    if (type === 1 /* Type.EXPLICIT */) {
        t = hasOwn ? t[k] : (t[k] = Object.create(null));
    }
    else if (type === 0 /* Type.DOTTED */ && hasOwn) {
        return null;
    }
    return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
    if (peek === null || ctx.uk === 2)
        TomlError.x(peek === null
            ? 'trying to redefine an already defined table or value'
            : 'document contains an unsafe property', ctx, ptr);
}
function parse(toml, options = {}) {
    let ctx = {
        s: toml,
        p: 0,
        d: options.maxDepth ?? 1000,
        bi: options.integersAsBigInt ?? false,
        ld: options.useLegacyDate ?? true,
        uk: options.unsafeKeyBehaviour === 'throw' ? 2 : options.unsafeKeyBehaviour === 'drop' ? 1 : 0,
    };
    let res = Object.create(null);
    let meta = Object.create(null);
    let tmp;
    let skipping = false;
    let tbl = res;
    let m = meta;
    // BOM is allowed, skip.
    // JS is UTF-16, so we have to check for the UTF-16 BOM instead of the UTF-8 BOM sequence!
    if (toml.charCodeAt(0) === 0xfeff)
        ctx.p++;
    skipVoid(ctx);
    while (ctx.p < toml.length) {
        if (toml.charCodeAt(ctx.p) === 0x5b /* [ */) {
            let isTableArray = toml.charCodeAt(++ctx.p) === 0x5b; /* [ */
            tmp = ctx.p += +isTableArray;
            skipping = false;
            let k = parseKey(ctx, 0x5d /* ] */);
            if (isTableArray) {
                if (toml.charCodeAt(ctx.p) !== 0x5d /* ] */) {
                    TomlError.x('expected end of table array declaration', ctx);
                }
                ctx.p++;
            }
            let p = peekTable(ctx, k, res, meta, isTableArray ? 2 /* Type.ARRAY */ : 1 /* Type.EXPLICIT */);
            if (!p) {
                validateTablePeek(ctx, p, tmp);
                skipping = true;
            }
            else {
                m = p[2];
                tbl = p[1];
            }
        }
        else {
            tmp = ctx.p;
            let k = parseKey(ctx);
            let p = peekTable(ctx, k, tbl, m, 0 /* Type.DOTTED */);
            if (!p && !skipping)
                validateTablePeek(ctx, p, tmp);
            skipVoid(ctx, true, true);
            let v = extractValue(ctx, void 0);
            if (p && !skipping)
                p[1][p[0]] = v;
        }
        skipVoid(ctx, true);
        if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 0xa /* \n */ && (tmp !== 0xd /* \r */ || toml.charCodeAt(ctx.p + 1) !== 0xa /* \n */)) {
            TomlError.x('each key-value declaration must be followed by an end-of-line', ctx);
        }
        skipVoid(ctx);
    }
    return res;
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/stringify.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
let BARE_KEY = /^[a-z0-9-_]+$/i;
let HAS_WELLFORMED = !!(''.isWellFormed);
function extendedTypeOf(obj) {
    let type = typeof obj;
    if (type === 'object') {
        if (Array.isArray(obj))
            return 'array';
        if (typeof obj.getUTCDate === 'function' && obj instanceof Date)
            return 'date';
        if (globalThis.Temporal) {
            if (obj.until) {
                if (obj instanceof Temporal.ZonedDateTime)
                    return 'temporal/tz+uc';
                if (obj instanceof Temporal.PlainDateTime || obj instanceof Temporal.PlainDate)
                    return 'temporal/uc';
                if (obj instanceof Temporal.PlainTime || obj instanceof Temporal.Instant)
                    return 'temporal';
                if (obj instanceof Temporal.PlainYearMonth)
                    return 'temporal/x';
            }
            else if ((obj.toPlainDate && obj instanceof Temporal.PlainMonthDay) ||
                (obj.negated && obj instanceof Temporal.Duration)) {
                return 'temporal/x';
            }
        }
    }
    return type;
}
function isArrayOfTables(obj) {
    for (let i = 0; i < obj.length; i++) {
        if (extendedTypeOf(obj[i]) !== 'object')
            return false;
    }
    return obj.length != 0;
}
function formatWellFormedStringUnchecked(s) {
    return JSON.stringify(s).replaceAll('\x7f', '\\u007f');
}
function formatString(s) {
    return formatWellFormedStringUnchecked(HAS_WELLFORMED ? s.toWellFormed() : s);
}
function formatKey(s) {
    if (BARE_KEY.test(s))
        return s;
    if (HAS_WELLFORMED && !s.isWellFormed())
        throw new RangeError('key contains illegal lone surrogates');
    return formatWellFormedStringUnchecked(s);
}
function stringifyValue(val, type, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    switch (type) {
        // @ts-expect-error -- intentional fallthrough case
        case 'number':
            if (isNaN(val))
                return 'nan';
            if (val === Infinity)
                return 'inf';
            if (val === -Infinity)
                return '-inf';
            if (Number.isInteger(val) && (numberAsFloat || !Number.isSafeInteger(val)))
                return val.toFixed(1);
        case 'bigint':
        case 'boolean':
        case 'temporal':
            return val.toString();
        case 'string':
            return formatString(val);
        case 'date':
            if (isNaN(val.getTime()))
                throw new TypeError('cannot serialize invalid date');
            return val.toISOString();
        case 'object':
            return stringifyInlineTable(val, depth, numberAsFloat, strictTemporal);
        case 'array':
            return stringifyArray(val, depth, numberAsFloat, strictTemporal);
        // @ts-expect-error -- intentional fallthrough case
        case 'temporal/tz+uc':
            if (strictTemporal) {
                let tz = val.timeZoneId;
                let tzc = tz.charCodeAt(0);
                if (
                // Classic offset
                tzc !== 0x2b /* + */ && tzc !== 0x2d /* - */ &&
                    (
                    // Fast pre-check pass; see below for the actually accepted values
                    (tzc !== 0x55 /* U */ && tzc !== 0x47 /* G */ && tzc !== 0x5a /* Z */ && tzc !== 0x45 /* E */) ||
                        (
                        // UTC and its aliases; Temporal implementations don't all canonicalise unfortunately
                        tz !== 'UTC' && tz !== 'UCT' && tz !== 'Universal' && tz !== 'Zulu' &&
                            // GMT is a TZ but it's for all intents and purposes equivalent to UTC. Safe to downgrade.
                            !tz.startsWith('GMT') && tz !== 'Greenwich' &&
                            // Etc/* are all safe to downgrade to offset (either UTC, GMT, or offset)
                            !tz.startsWith('Etc/')))) {
                    throw new TypeError('Temporal objects with an IANA timezone are not allowed in Temporal strict mode');
                }
            }
        case 'temporal/uc':
            if (strictTemporal && val.calendarId !== 'iso8601')
                throw new TypeError('Temporal objects with a non-default calendar are not allowed in Temporal strict mode');
            return val.toString({
                calendarName: 'never',
                timeZoneName: 'never',
            });
        case 'temporal/x':
            throw new TypeError('Unsupported ' + val[Symbol.toStringTag]);
    }
}
function stringifyInlineTable(obj, depth, numberAsFloat, strictTemporal) {
    let keys = Object.keys(obj);
    if (keys.length === 0)
        return '{}';
    let res = '{ ';
    for (let i = 0; i < keys.length; i++) {
        let k = keys[i];
        if (i)
            res += ', ';
        res += formatKey(k) + ' = ' + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
    }
    return res + ' }';
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
    if (array.length === 0)
        return '[]';
    let res = '[ ';
    for (let i = 0; i < array.length; i++) {
        if (i)
            res += ', ';
        if (array[i] === null || array[i] === void 0) {
            throw new TypeError('arrays cannot contain null or undefined values');
        }
        res += stringifyValue(array[i], extendedTypeOf(array[i]), depth - 1, numberAsFloat, strictTemporal);
    }
    return res + ' ]';
}
function stringifyArrayTable(array, key, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    let res = '';
    for (let i = 0; i < array.length; i++) {
        res += `${res && '\n'}[[${key}]]\n`;
        res += stringifyTable(0, array[i], key, depth, numberAsFloat, strictTemporal);
    }
    return res;
}
function stringifyTable(tableKey, obj, prefix, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    let preamble = '';
    let tables = '';
    let keys = Object.keys(obj);
    for (let i = 0; i < keys.length; i++) {
        let k = keys[i];
        if (obj[k] !== null && obj[k] !== void 0) {
            let type = extendedTypeOf(obj[k]);
            if (type === 'symbol' || type === 'function') {
                throw new TypeError(`cannot serialize values of type '${type}'`);
            }
            let key = formatKey(k);
            if (type === 'array' && isArrayOfTables(obj[k])) {
                tables += (tables && '\n') + stringifyArrayTable(obj[k], prefix ? `${prefix}.${key}` : key, depth - 1, numberAsFloat, strictTemporal);
            }
            else if (type === 'object') {
                let tblKey = prefix ? `${prefix}.${key}` : key;
                tables += (tables && '\n') + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
            }
            else {
                preamble += key;
                preamble += ' = ';
                preamble += stringifyValue(obj[k], type, depth, numberAsFloat, strictTemporal);
                preamble += '\n';
            }
        }
    }
    if (tableKey && (preamble || !tables)) // Create table only if necessary
        preamble = preamble ? `[${tableKey}]\n${preamble}` : `[${tableKey}]`;
    return preamble && tables
        ? `${preamble}\n${tables}`
        : preamble || tables;
}
function stringify(obj, { maxDepth = 1000, numbersAsFloat = false, strictTemporal = false } = {}) {
    if (extendedTypeOf(obj) !== 'object') {
        throw new TypeError('stringify can only be called with an object');
    }
    let str = stringifyTable(0, obj, '', maxDepth, numbersAsFloat, strictTemporal);
    if (str[str.length - 1] !== '\n')
        return str + '\n';
    return str;
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/index.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */





/** @deprecated use `import * as ... from 'smol-toml'` instead */
/* harmony default export */ const dist = ({ parse: parse, stringify: stringify, TomlDate: TomlDate, TomlError: TomlError });


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		id: moduleId,
/******/ 		loaded: false,
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Flag the module as loaded
/******/ 	module.loaded = true;
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/node module decorator */
/******/ (() => {
/******/ 	__nccwpck_require__.nmd = (module) => {
/******/ 		module.paths = [];
/******/ 		if (!module.children) module.children = [];
/******/ 		return module;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		8792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(75691);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
