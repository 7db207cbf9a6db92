# How every area stands to the areas of bodies: the links that membership rules are matched with.
# They live only while the rules run.
PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX link: <https://w3id.org/dutygraph/graph/links#>

# an area is itself
INSERT {
  ?link link:area ?area ; link:bodyArea ?area ; link:how "same", "touches" ; link:from ?from ; link:until ?until }
WHERE {
  ?area dg:nation ?nation .
  OPTIONAL { ?area dg:validFrom ?from }
  OPTIONAL { ?area dg:validUntil ?until }
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/graph/links#", SHA1(CONCAT("same", STR(?area))))) AS ?link)
} ;

# an area lies in, or is overlapped by, the area of a body
INSERT {
  ?link link:area ?area ; link:bodyArea ?bodyArea ; link:how ?how, "touches" ; link:from ?from ; link:until ?until ; link:attested ?attested }
WHERE {
  ?relation a dg:AreaRelation ; dg:part ?area ; dg:whole ?bodyArea ; dg:relation ?word .
  OPTIONAL { ?relation dg:validFrom ?from }
  OPTIONAL { ?relation dg:attestedFrom ?attested }
  OPTIONAL { ?relation dg:validUntil ?until }
  BIND(IF(?word = "within", "contains", "touches") AS ?how)
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/graph/links#", SHA1(CONCAT("in", STR(?relation))))) AS ?link)
} ;

# the area of a body lies in the area (a district council and the combined area that holds its district)
INSERT {
  ?link link:area ?area ; link:bodyArea ?bodyArea ; link:how "touches" ; link:from ?from ; link:until ?until ; link:attested ?attested }
WHERE {
  ?relation a dg:AreaRelation ; dg:part ?bodyArea ; dg:whole ?area .
  OPTIONAL { ?relation dg:validFrom ?from }
  OPTIONAL { ?relation dg:attestedFrom ?attested }
  OPTIONAL { ?relation dg:validUntil ?until }
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/graph/links#", SHA1(CONCAT("of", STR(?relation))))) AS ?link)
} ;

# a combined area touches whatever one of its parts touches, as long as both hold
# (Crime and Disorder Act 1998, s. 5(1BA): everyone in any part belongs to the whole)
INSERT {
  ?link link:area ?combined ; link:bodyArea ?bodyArea ; link:how "touches" ; link:from ?from ; link:until ?until ; link:attested ?attested }
WHERE {
  ?combined a dg:CombinedCSPArea .
  ?membership a dg:AreaRelation ; dg:part ?part ; dg:whole ?combined .
  ?relation a dg:AreaRelation ; dg:part ?part ; dg:whole ?bodyArea .
  FILTER(?bodyArea != ?combined)
  OPTIONAL { ?membership dg:validFrom ?from1 }
  OPTIONAL { ?membership dg:attestedFrom ?attested1 }
  OPTIONAL { ?membership dg:validUntil ?until1 }
  OPTIONAL { ?relation dg:validFrom ?from2 }
  OPTIONAL { ?relation dg:attestedFrom ?attested2 }
  OPTIONAL { ?relation dg:validUntil ?until2 }
  BIND(COALESCE(?from1, ?attested1) AS ?start1)
  BIND(COALESCE(?from2, ?attested2) AS ?start2)
  BIND(IF(!BOUND(?start2), ?start1, IF(!BOUND(?start1), ?start2, IF(?start1 > ?start2, ?start1, ?start2))) AS ?start)
  BIND(IF(!BOUND(?until2), ?until1, IF(!BOUND(?until1), ?until2, IF(?until1 < ?until2, ?until1, ?until2))) AS ?until)
  FILTER(!BOUND(?start) || !BOUND(?until) || ?start < ?until)
  BIND(IF(COALESCE(?start = ?from1, false) || COALESCE(?start = ?from2, false), ?start, ?nothing) AS ?from)
  BIND(IF(BOUND(?from), ?nothing, ?start) AS ?attested)
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/graph/links#", SHA1(CONCAT("by", STR(?membership), STR(?relation))))) AS ?link)
} ;

# a body of the whole nation stands in relation to every area of it
INSERT {
  ?link link:area ?area ; link:bodyArea ?country ; link:how "national" ; link:from ?from ; link:until ?until }
WHERE {
  ?country a dg:Country ; dg:nation ?nation .
  ?area dg:nation ?nation .
  OPTIONAL { ?area dg:validFrom ?from }
  OPTIONAL { ?area dg:validUntil ?until }
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/graph/links#", SHA1(CONCAT("national", STR(?country), STR(?area))))) AS ?link)
} ;

# a rule that is confined to some areas reaches them and what lies in them
INSERT { ?rule link:reaches ?area }
WHERE {
  ?rule dg:confinedTo ?some .
  ?link link:area ?area ; link:bodyArea ?some ; link:how ?how .
  FILTER(?how = "same" || ?how = "contains")
}
